import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { type EntryResult, createReconnector } from "./reconnect.ts";

function setup(...answers: (EntryResult | ErrorCode)[]) {
  const closed = vi.fn();
  const enter = vi.fn(async () => {
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (typeof next === "string") throw new AppError(next);
    return next ?? { status: "inside" as const };
  });
  return { closed, enter, reconnector: createReconnector({ enter, closed, now: Date.now, random: () => 1 }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N33] tries at once, then with pauses of at most 3 s", async () => {
  const { reconnector, enter } = setup("unavailable");
  reconnector.start();
  reconnector.start();
  const counts: number[] = [];
  for (let second = 0; second < 16; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    counts.push(enter.mock.calls.length);
  }
  expect(counts.join(" ")).toBe("2 3 4 4 4 5 5 5 6 6 6 7 7 7 8 8");
  reconnector.stop();
});

test("[N33] ends the pause when the network is back", async () => {
  const { reconnector, enter } = setup("unavailable");
  reconnector.start();
  await vi.advanceTimersByTimeAsync(10_000);
  const before = enter.mock.calls.length;
  reconnector.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(enter).toHaveBeenCalledTimes(before + 1);
  reconnector.stop();
});

test("[N33] stops when inside again, and starts over at the next loss", async () => {
  const { reconnector, enter, closed } = setup("media_unavailable", { status: "inside" });
  reconnector.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(enter).toHaveBeenCalledTimes(2);
  reconnector.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(enter).toHaveBeenCalledTimes(3);
  expect(closed).not.toHaveBeenCalled();
});

test.each<[EntryResult | ErrorCode, string]>([
  ["banned", "banned banned"],
  ["removed", "removed removed"],
  ["room_ended", "ended room_ended"],
  ["room_locked", "lost room_locked"],
  [{ status: "out", reason: "lost", code: "not_inside" }, "lost not_inside"],
])("[N34] closes the call on a final answer: %j", async (answer, expected) => {
  const { reconnector, enter, closed } = setup(answer);
  reconnector.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(closed.mock.calls.map((call) => call.join(" "))).toEqual([expected]);
  expect(enter).toHaveBeenCalledTimes(1);
});

test("[N34] gives up after five minutes", async () => {
  const { reconnector, closed } = setup("unavailable");
  reconnector.start();
  await vi.advanceTimersByTimeAsync(5 * 60_000 - 1_000);
  expect(closed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(closed).toHaveBeenCalledWith("lost", "unavailable");
});
