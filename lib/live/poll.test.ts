import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { between, createPoll, jitter } from "./poll.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[N40] a poll runs one at a time, and once more if it was requested during a run", async () => {
  const finishes: (() => void)[] = [];
  const run = vi.fn(() => new Promise<void>((resolve) => finishes.push(resolve)));
  const poll = createPoll(run, () => 1_000);
  poll.now();
  poll.now();
  poll.now();
  expect(run).toHaveBeenCalledTimes(1);
  finishes[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(run).toHaveBeenCalledTimes(2);
  poll.stop();
});

test("[N41] a poll keeps its pace, accepts a new one, and stops", async () => {
  let pace = 1_000;
  const run = vi.fn(async () => {});
  const poll = createPoll(run, () => pace);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(run).toHaveBeenCalledTimes(2);
  pace = 100;
  poll.repace();
  await vi.advanceTimersByTimeAsync(100);
  expect(run).toHaveBeenCalledTimes(3);
  poll.within(10);
  await vi.advanceTimersByTimeAsync(10);
  expect(run).toHaveBeenCalledTimes(4);
  poll.stop();
  poll.now();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(run).toHaveBeenCalledTimes(4);
});

test.each([
  [0, 80],
  [0.5, 100],
  [1, 120],
])("[N41] a spread of a fifth: %d gives %d", (drawn, expected) => {
  expect(jitter(100, 0.2, () => drawn)).toBeCloseTo(expected);
  expect(between(0, 10, () => drawn)).toBe(drawn * 10);
});
