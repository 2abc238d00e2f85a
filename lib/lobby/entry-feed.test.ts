import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { trackLeaving } from "#lib/seats/leaving.ts";
import { ADMITTED, LOBBY, error, scene, ticket, waiting } from "#lib/testing/entry-scene.ts";

const NONE = { ticket: { status: "none", hasPass: true } };
const NO_PASS = { ticket: { status: "none", hasPass: false } };

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

test("[N50] a user who need not ask is admitted with one request", async () => {
  const { feed, asked, status } = scene(ADMITTED);
  expect(status()).toBe("idle");
  const done = feed.ask({ name: "Ada" });
  expect(status()).toBe("asking");
  await done;
  expect(feed.state.getSnapshot()).toMatchObject({ status: "admitted", admission: { legs: [{ token: "t" }] } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(["POST entry"]);
});

test("[R37] a user who rejoins waits until the earlier request to leave is answered", async () => {
  const { feed, asked, status } = scene(ADMITTED);
  let fail: (why: Error) => void = () => {};
  void trackLeaving(new Promise((_, reject) => (fail = reject)));
  const done = feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([]);
  fail(new Error("no answer"));
  await done;
  expect(asked).toEqual(["POST entry"]);
  expect(status()).toBe("admitted");
});

test("[N99] each entry request carries the measured round-trip times", async () => {
  const { feed, bodies } = scene(waiting(), { ticket: { status: "admitted" } }, ADMITTED);
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bodies).toMatchObject([{ rtts: { use1: 9 } }, { rtts: { use1: 9 } }]);
});

test("[N56] two tabs share one request: the second shows that the call is elsewhere", async () => {
  const { feed, status } = scene({ ticket: ticket() }, { ticket: { status: "admitted" } }, { status: "elsewhere" });
  await feed.resume();
  expect(status()).toBe("waiting");
  await vi.advanceTimersByTimeAsync(2_800);
  expect(status()).toBe("elsewhere");
});

test.each([
  ["no request to resume", [NONE], "idle"],
  ["removed in the meantime", [{ ticket: { status: "refused", code: "removed" } }], "refused"],
  ["still waiting", [{ ticket: ticket() }], "waiting"],
  ["admitted in the meantime", [{ ticket: { status: "admitted" } }, ADMITTED], "admitted"],
  ["the service is unavailable", [error("unavailable")], "idle"],
] as const)("[N57] after a reload: %s", async (_, answers, expected) => {
  const { feed, status } = scene(...answers);
  await feed.resume();
  expect(status()).toBe(expected);
  feed.dispose();
});

test.each([
  ["entry_denied", { mayAskAgainAtMs: 9, asksLeft: 1 }, { status: "denied", mayAskAgainAtMs: 9, asksLeft: 1 }],
  ["room_locked", {}, { status: "refused", code: "room_locked" }],
  [
    "rate_limited",
    { retryAfterSeconds: 3 },
    { status: "refused", code: "rate_limited", facts: { retryAfterSeconds: 3 } },
  ],
  ["unavailable", {}, { status: "refused", code: "unavailable" }],
] as const)("[N58] asking is refused: %s", async (code, facts, expected) => {
  const { feed } = scene(error(code, facts));
  await feed.ask({ name: "Ada" });
  expect(feed.state.getSnapshot()).toMatchObject(expected);
});

test("[N59] cancelling takes effect right away, and late answers change nothing", async () => {
  const { feed, asked, status } = scene(waiting({}, LOBBY), { done: true });
  await feed.ask({ name: "Ada" });
  const done = feed.cancel();
  expect(status()).toBe("cancelled");
  await done;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual(["POST entry", "DELETE ticket"]);
  expect(status()).toBe("cancelled");
});

test("[N98] asking again right after cancelling waits until the server has handled the cancellation", async () => {
  const { feed, asked, status } = scene(waiting(), error("unavailable"), {}, waiting());
  await feed.ask({ name: "Ada" });
  const cancelled = feed.cancel();
  const askedAgain = feed.ask({ name: "Ada" });
  await Promise.all([cancelled, askedAgain]);
  expect(asked).toEqual(["POST entry", "DELETE ticket", "DELETE ticket", "POST entry"]);
  expect(status()).toBe("waiting");
  feed.dispose();
});

test("[L43] a guest without a pass gets one first, and the page asks again automatically", async () => {
  const { feed, asked, status } = scene({ status: "again" }, waiting());
  await feed.ask({ name: "Ada" });
  expect([asked, status()]).toEqual([["POST entry", "POST entry"], "waiting"]);
  feed.dispose();
});

test("[N103] a browser that does not return the pass keeps no cookies, and the page stops asking", async () => {
  const { feed, asked } = scene({ status: "again" });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(["POST entry", "POST entry"]);
  expect(feed.state.getSnapshot()).toMatchObject({ status: "refused", code: "cookies_blocked" });
});

test.each([
  ["the pass was returned", NONE, "idle"],
  ["the pass was not returned", NO_PASS, "refused"],
  ["the service is unavailable", error("unavailable"), "idle"],
] as const)(
  "[N103] the first visit checks once whether the browser keeps the pass: %s",
  async (_, answer, expected) => {
    const { feed, asked, status } = scene(NO_PASS, answer);
    await feed.resume();
    expect(status()).toBe("idle");
    await vi.advanceTimersByTimeAsync(0);
    expect([asked.length, status()]).toEqual([2, expected]);
  },
);

test("[N103] a browser that reports disabled cookies is refused without a request", async () => {
  const { feed, asked, deps } = scene(NONE);
  deps.areCookiesOn = () => false;
  await feed.resume();
  expect(feed.state.getSnapshot()).toMatchObject({ status: "refused", code: "cookies_blocked" });
  await feed.ask({ name: "Ada" });
  expect(asked).toEqual([]);
});
