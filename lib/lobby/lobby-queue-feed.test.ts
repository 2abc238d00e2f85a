import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/errors.ts";
import type { ApiRequest } from "#lib/http/api-client.ts";
import { createLobbyQueueFeed } from "./lobby-queue-feed.ts";

const id = (letter: string) => `t_${letter.repeat(20)}`;
let listedUntilMs: number | undefined;
beforeEach(() => void (listedUntilMs = undefined));
const guest = (letter: string) => ({
  ticketId: id(letter),
  name: letter,
  kind: "guest",
  askedAtMs: 1,
  isConnected: true,
  denials: 0,
  isLikeRemoved: false,
  listedUntilMs,
});

function scene(...letters: string[]) {
  const waiting = new Set(letters);
  const asked: string[] = [];
  const trouble: AppError[] = [];
  const api = async <T>(path: string, { method = "GET", body }: ApiRequest = {}): Promise<T> => {
    asked.push(`${method} ${path.replaceAll(/t_(.)\1+/g, "$1")}`);
    const failure = trouble.shift();
    if (failure) throw failure;
    if (method === "GET") return { guests: [...waiting].map(guest), nowMs: 1 } as T;
    const { ticketIds = [path.split("/").at(-1) ?? ""], verdict } = body as { ticketIds?: string[]; verdict: string };
    for (const ticketId of ticketIds) waiting.delete(ticketId.charAt(2));
    return { status: verdict, decided: ticketIds.length } as T;
  };
  const feed = createLobbyQueueFeed({ path: "/r", headers: {} }, { api, random: () => 0.5, now: Date.now });
  const names = () =>
    feed.lobby
      .getSnapshot()
      .guests.map(({ name }) => name)
      .join("");
  return { feed, waiting, asked, trouble, names, settle: () => vi.advanceTimersByTimeAsync(0) };
}

/** After this long the next nudge reads the queue again. */
const aSecond = () => vi.advanceTimersByTimeAsync(1_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N80] only moderators read the queue; after losing the role they see an empty one", async () => {
  const { feed, asked, names, settle } = scene("a", "b");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  feed.setModerator(true);
  await settle();
  expect(names()).toBe("ab");
  feed.setModerator(false);
  expect(names()).toBe("");
});

test("[N81] reads the queue at every nudge, slowly in between, faster while the connection is lost", async () => {
  const { feed, asked, settle } = scene("a");
  feed.setModerator(true);
  await vi.advanceTimersByTimeAsync(1_000);
  feed.now();
  await settle();
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(299_000);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(3);
  feed.setLive(false);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked).toHaveLength(6);
});

test("[N81] reads the queue when the server's count differs from the list", async () => {
  const { feed, waiting, asked, names } = scene("a");
  feed.setModerator(true);
  await vi.advanceTimersByTimeAsync(1_000);
  feed.counted(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(1);
  waiting.add("b");
  feed.counted(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked.length, names()]).toEqual([2, "ab"]);
});

test("[N81] reads the queue once a second in a flood of nudges, and misses no knock", async () => {
  const { feed, waiting, asked, names } = scene("a");
  feed.setModerator(true);
  await vi.advanceTimersByTimeAsync(1_000);
  for (let at = 0; at < 100; at += 1) {
    feed.now();
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(asked.length).toBeLessThanOrEqual(1 + 6);
  waiting.add("z");
  feed.now();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(names()).toBe("az");
});

test("[N82] hides a decided guest right away", async () => {
  const { feed, names, settle } = scene("a", "b");
  feed.setModerator(true);
  await settle();
  const done = feed.decide(id("a"), "admitted");
  expect(names()).toBe("b");
  await done;
  await settle();
  expect(names()).toBe("b");
});

test("[N82] an answer under way during the decision does not bring the guest back", async () => {
  const { feed, waiting, names, settle } = scene("a");
  feed.setModerator(true);
  await aSecond();
  feed.now();
  await feed.decide(id("a"), "admitted");
  expect(names()).toBe("");
  waiting.add("a");
  await settle();
  await settle();
  // A knock after a denial appears in a list requested after the decision.
  feed.now();
  await aSecond();
  expect(names()).toBe("a");
});

test.each([
  ["unavailable", "a"],
  ["not_allowed", "a"],
  ["ticket_decided", ""],
  ["ticket_lapsed", ""],
] as const)("[N83] a decision that fails with %s leaves the queue as %j, and rejects", async (code, expected) => {
  const { feed, waiting, trouble, names, settle } = scene("a");
  feed.setModerator(true);
  await settle();
  if (expected === "") waiting.delete("a");
  trouble.push(new AppError(code));
  const done = feed.decide(id("a"), "admitted");
  await expect(done).rejects.toMatchObject({ code });
  await settle();
  expect(names()).toBe(expected);
});

test("[N84] admit-all decides on the guests the host sees, in one request", async () => {
  const { feed, waiting, asked, names, settle } = scene("a", "b");
  feed.setModerator(true);
  await settle();
  waiting.add("c");
  await feed.decideAll("admitted");
  await settle();
  expect(names()).toBe("c");
  expect(asked.filter((line) => line.startsWith("POST"))).toEqual(["POST /r/lobby"]);
});

test("[N85] a failed refresh keeps the queue and marks it stale", async () => {
  const { feed, trouble, names } = scene("a");
  feed.setModerator(true);
  await vi.advanceTimersByTimeAsync(0);
  trouble.push(new AppError("unavailable"));
  feed.now();
  await aSecond();
  expect(names()).toBe("a");
  expect(feed.lobby.getSnapshot().isStale).toBe(true);
});

test("[N81] reads the queue again when the next guest is due to leave it", async () => {
  const { feed, asked, waiting, names } = scene("a");
  listedUntilMs = 6_001;
  feed.setModerator(true);
  await vi.advanceTimersByTimeAsync(6_000);
  expect([asked.length, names()]).toEqual([1, "a"]);
  waiting.delete("a");
  await vi.advanceTimersByTimeAsync(500);
  expect([asked.length, names()]).toEqual([2, ""]);
  feed.stop();
});
