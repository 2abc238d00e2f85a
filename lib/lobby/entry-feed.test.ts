import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/errors.ts";
import type { ApiRequest } from "#lib/http/api-client.ts";
import { newDeviceId } from "#lib/ids.ts";
import { createEntryFeed } from "./entry-feed.ts";
import type { EntryDeps } from "./entry-follower.ts";
import type { PushEvents } from "./entry-push.ts";

const ADMITTED = {
  status: "admitted",
  legs: [{ leg: "a", site: "s", region: "r", url: "ws://x", token: "t", home: true }],
  meeting: {
    nowMs: 0,
    me: { identity: `p_${"a".repeat(20)}`, person: "x", name: "Ada", role: "participant" },
    room: {
      code: "abc-defg-hij",
      title: "",
      access: "ask",
      isLocked: false,
      locks: { microphone: false, camera: false, screenShare: false },
      maxParticipants: 100,
      expiresAtMs: 1,
    },
    chatSeq: 0,
    legs: ["a"],
    homeLeg: "a",
  },
};
const ticket = (more: object = {}) => ({
  status: "waiting",
  ticketId: `t_${"a".repeat(20)}`,
  name: "Ada",
  askedAtMs: Date.now(),
  expiresAtMs: Date.now() + 600_000,
  nowMs: Date.now(),
  place: 1,
  isHostPresent: true,
  ...more,
});
const waiting = (more: object = {}, lobby?: object) => ({
  status: "waiting",
  ticket: ticket(more),
  ...(lobby && { lobby }),
});
const LOBBY = { url: "ws://lobby", token: "secret" };

/** A server that gives its answers in turn, the last for ever, and a lobby room that is worked by hand. */
function scene(...answers: (object | AppError)[]) {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  const ears: (PushEvents & { isClosed: boolean; token: string })[] = [];
  const deps: EntryDeps = {
    async api<T>(path: string, { method = "GET", body, answer }: ApiRequest<T>): Promise<T> {
      asked.push(`${method} ${path.slice("/api/rooms/abc-defg-hij/".length)}`);
      if (method === "POST") bodies.push(body);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof AppError) throw next;
      return answer.parse(next);
    },
    openPush({ token }, hears) {
      const ear = { ...hears, isClosed: false, token };
      ears.push(ear);
      return { close: () => void (ear.isClosed = true) };
    },
    now: Date.now,
    random: () => 0.5,
  };
  const feed = createEntryFeed({ code: "abc-defg-hij", device: newDeviceId(), rtts: () => ({ use1: 9 }) }, deps);
  return { feed, asked, bodies, ears, status: () => feed.state.getSnapshot().status };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

test("[N50] who may walk in is admitted with one request", async () => {
  const { feed, asked, status } = scene(ADMITTED);
  expect(status()).toBe("idle");
  const done = feed.ask({ name: "Ada" });
  expect(status()).toBe("asking");
  await done;
  expect(feed.state.getSnapshot()).toMatchObject({ status: "admitted", admission: { legs: [{ token: "t" }] } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(["POST entry"]);
});

test("[N99] what was measured goes along with every asking", async () => {
  const { feed, bodies } = scene(waiting(), { ticket: { status: "admitted" } }, ADMITTED);
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(bodies).toMatchObject([{ rtts: { use1: 9 } }, { rtts: { use1: 9 } }]);
});

test("[N51] a pushed verdict is redeemed at once, and the lobby is left", async () => {
  const { feed, asked, ears, status } = scene(
    waiting({}, LOBBY),
    { ticket: ticket() },
    { ticket: { status: "admitted" } },
    ADMITTED,
  );
  await feed.ask({ name: "Ada" });
  expect(status()).toBe("waiting");
  ears[0]?.changed(true);
  await vi.advanceTimersByTimeAsync(0);
  ears[0]?.nudged();
  await vi.advanceTimersByTimeAsync(0);
  expect(status()).toBe("admitted");
  expect(asked).toEqual(["POST entry", "GET ticket", "GET ticket", "POST entry"]);
  expect(ears.map(({ isClosed }) => isClosed)).toEqual([true]);
});

test("[N52] without a host there is no connection to the lobby, and the guest asks about every 4 s", async () => {
  const { feed, asked, ears } = scene(waiting({ isHostPresent: false }), { ticket: ticket({ isHostPresent: false }) });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(12_100);
  expect(asked.slice(1)).toHaveLength(3);
  expect(ears).toEqual([]);
});

test("[N52] a host arrives: the guest gets an ear in the lobby, and then asks seldom", async () => {
  const { feed, asked, ears } = scene(
    waiting({ isHostPresent: false }),
    { ticket: ticket(), lobby: LOBBY },
    { ticket: ticket() },
  );
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(ears).toHaveLength(1);
  expect(asked.at(-1)).toBe("GET ticket?push=1");
  ears[0]?.changed(true);
  await vi.advanceTimersByTimeAsync(0);
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toEqual(["GET ticket", "GET ticket", "GET ticket"]);
});

test("[N53] where the push does not get through the guest asks often, and for a new token only every 10 s", async () => {
  const { feed, asked, ears } = scene(waiting({}, LOBBY), { ticket: ticket() });
  await feed.ask({ name: "Ada" });
  ears[0]?.changed(false);
  await vi.advanceTimersByTimeAsync(11_100);
  expect(asked.filter((line) => line.startsWith("GET"))).toEqual([
    "GET ticket",
    "GET ticket",
    "GET ticket",
    "GET ticket?push=1",
  ]);
});

const error = (code: AppError["code"], facts = {}) => new AppError(code, facts);
test.each([
  ["denied", { ticket: { status: "denied", nowMs: 5, mayAskAgainAtMs: 9, asksLeft: 2 } }, "denied"],
  ["lapsed", { ticket: { status: "lapsed" } }, "lapsed"],
  ["withdrawn in another tab", { ticket: { status: "cancelled" } }, "cancelled"],
  ["the meeting ended", { ticket: { status: "refused", code: "room_ended" } }, "refused"],
  ["forgotten by the server", error("ticket_unknown"), "lapsed"],
  ["banned meanwhile", error("banned"), "refused"],
  ["the service is away", error("unavailable"), "waiting"],
  ["too many questions", error("rate_limited", { retryAfterSeconds: 7 }), "waiting"],
])("[N54] what becomes of a waiting guest: %s", async (_, answer, expected) => {
  const { feed, asked, status } = scene(waiting(), answer);
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(2_800);
  expect(status()).toBe(expected);
  if (expected === "waiting") expect(feed.state.getSnapshot()).toMatchObject({ isStale: true, ticket: { place: 1 } });
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(7_000);
  if (expected !== "waiting") expect(asked).toEqual([]);
});

test("[N54] the server's Retry-After is kept", async () => {
  const { feed, asked } = scene(waiting(), error("rate_limited", { retryAfterSeconds: 20 }), { ticket: ticket() });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(22_000);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(asked.length).toBeGreaterThan(2);
});

test("[N55] a failed redeeming keeps the place and is tried again", async () => {
  const { feed, status } = scene(
    waiting(),
    { ticket: { status: "admitted" } },
    error("unavailable"),
    { ticket: { status: "admitted" } },
    ADMITTED,
  );
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(2_800);
  expect(status()).toBe("waiting");
  await vi.advanceTimersByTimeAsync(2_800);
  expect(status()).toBe("admitted");
});

test("[N56] two tabs are one request: the second learns that the call is elsewhere", async () => {
  const { feed, status } = scene({ ticket: ticket() }, { ticket: { status: "admitted" } }, { status: "elsewhere" });
  await feed.resume();
  expect(status()).toBe("waiting");
  await vi.advanceTimersByTimeAsync(2_800);
  expect(status()).toBe("elsewhere");
});

test.each([
  ["nothing to pick up", [error("ticket_unknown")], "idle"],
  ["still waiting", [{ ticket: ticket() }], "waiting"],
  ["admitted meanwhile", [{ ticket: { status: "admitted" } }, ADMITTED], "admitted"],
  ["the service is away", [error("unavailable")], "idle"],
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

test("[N59] who cancels is done at once, and late answers change nothing", async () => {
  const { feed, asked, status } = scene(waiting({}, LOBBY), { done: true });
  await feed.ask({ name: "Ada" });
  const done = feed.cancel();
  expect(status()).toBe("cancelled");
  await done;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual(["POST entry", "DELETE ticket"]);
  expect(status()).toBe("cancelled");
});

test("[N60] when the countdown has passed, one question decides", async () => {
  const { feed, status } = scene(waiting({ expiresAtMs: Date.now() + 1_000 }), { ticket: { status: "lapsed" } });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(1_400);
  expect(status()).toBe("lapsed");
});

test("[N98] asking again right after cancelling waits until the server heard of the cancelling", async () => {
  const { feed, asked, status } = scene(waiting(), new AppError("unavailable"), {}, waiting());
  await feed.ask({ name: "Ada" });
  const cancelled = feed.cancel();
  const askedAgain = feed.ask({ name: "Ada" });
  await Promise.all([cancelled, askedAgain]);
  expect(asked).toEqual(["POST entry", "DELETE ticket", "DELETE ticket", "POST entry"]);
  expect(status()).toBe("waiting");
  feed.dispose();
});
