import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ADMITTED, LOBBY, error, followed, scene, ticket, waiting } from "#lib/testing/entry-scene.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

test("[N51] a pushed verdict is redeemed right away, and the lobby connection closes", async () => {
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

test("[N52] without a host the page does not connect to the lobby, and polls about every 4 s", async () => {
  const { feed, asked, ears } = scene(waiting({ isHostPresent: false }), { ticket: ticket({ isHostPresent: false }) });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(12_100);
  expect(asked.slice(1)).toHaveLength(3);
  expect(ears).toEqual([]);
});

test("[N52] when a host joins, the page connects to the lobby and then polls less often", async () => {
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

test("[N53] where the push is blocked the page polls often, but asks for a new token only every 10 s", async () => {
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

test.each([
  ["denied", { ticket: { status: "denied", nowMs: 5, mayAskAgainAtMs: 9, asksLeft: 2 } }, "denied"],
  ["lapsed", { ticket: { status: "lapsed", why: "silent" } }, "lapsed"],
  ["withdrawn in another tab", { ticket: { status: "cancelled" } }, "cancelled"],
  ["the meeting ended", { ticket: { status: "refused", code: "room_ended" } }, "refused"],
  ["forgotten by the server", { ticket: { status: "none", hasPass: true } }, "lapsed"],
  ["banned in the meantime", error("banned"), "refused"],
  ["the service is unavailable", error("unavailable"), "waiting"],
  ["too many questions", error("rate_limited", { retryAfterSeconds: 7 }), "waiting"],
])("[N54] state of a waiting guest: %s", async (_, answer, expected) => {
  const { feed, asked, status } = scene(waiting(), answer);
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(2_800);
  expect(status()).toBe(expected);
  if (expected === "waiting") expect(feed.state.getSnapshot()).toMatchObject({ isStale: true, ticket: { place: 1 } });
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(7_000);
  if (expected !== "waiting") expect(asked).toEqual([]);
});

test("[N54] the page respects the server's Retry-After", async () => {
  const { feed, asked } = scene(waiting(), error("rate_limited", { retryAfterSeconds: 20 }), { ticket: ticket() });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(22_000);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(asked.length).toBeGreaterThan(2);
});

test("[N55] after a failed redemption the guest keeps waiting, and the page tries again", async () => {
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

test("[N60] when the countdown ends, one request decides", async () => {
  const { feed, status } = scene(waiting({ expiresAtMs: Date.now() + 1_000 }), {
    ticket: { status: "lapsed", why: "expired" },
  });
  await feed.ask({ name: "Ada" });
  await vi.advanceTimersByTimeAsync(1_400);
  expect(status()).toBe("lapsed");
});

test("[N101] a page that resumes asks right away, even if a request was under way when it was suspended", async () => {
  const never = new Promise<never>(() => {});
  const { follower, page, asked, ears } = followed(
    waiting({}, LOBBY),
    never,
    { ticket: { status: "admitted" } },
    ADMITTED,
  );
  await follower.enter({ name: "Ada" }, 0);
  ears[0]?.changed(true);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(asked).toEqual(["POST entry", "GET ticket"]);
  page.returned();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.slice(2)).toEqual(["PATCH ticket", "POST entry"]);
  expect(follower.state.getSnapshot().status).toBe("admitted");
});

test.each([
  ["a short absence keeps the connection", 5_000, [false]],
  ["a suspension renews the connection", 60_000, [true, false]],
] as const)("[N101] %s", async (_, sleptMs, areClosed) => {
  const never = new Promise<never>(() => {});
  const { follower, page, ears } = followed(waiting({}, LOBBY), never, { ticket: ticket(), lobby: LOBBY });
  await follower.enter({ name: "Ada" }, 0);
  ears[0]?.changed(true);
  await vi.advanceTimersByTimeAsync(sleptMs);
  page.returned();
  await vi.advanceTimersByTimeAsync(0);
  expect(ears.map(({ isClosed }) => isClosed)).toEqual(areClosed);
  follower.stop();
});

test("[N102] a waiting page reports hidden, visible and gone, with the browser's time", async () => {
  const { follower, page, asked, bodies } = followed(waiting(), { ticket: ticket() });
  page.left("hidden");
  page.returned();
  expect(asked).toEqual([]);
  await follower.enter({ name: "Ada" }, 0);
  bodies.length = 0;
  for (const word of ["hidden", "gone"] as const) page.left(word);
  page.returned();
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies.map((body) => body["page"])).toEqual(["hidden", "gone", "visible"]);
  expect(bodies.every(({ atMs }) => atMs === Date.now())).toBe(true);
  follower.stop();
});

test("[N101] a page that resumes offline keeps waiting, marks its state as stale and asks again", async () => {
  const { follower, page } = followed(waiting(), error("unavailable"), { ticket: ticket() });
  await follower.enter({ name: "Ada" }, 0);
  page.returned();
  await vi.advanceTimersByTimeAsync(0);
  expect(follower.state.getSnapshot()).toMatchObject({ status: "waiting", isStale: true });
  await vi.advanceTimersByTimeAsync(2_800);
  expect(follower.state.getSnapshot()).toMatchObject({ status: "waiting", isStale: false });
  follower.stop();
});
