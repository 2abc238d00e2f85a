import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { every } from "./every.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const lasting = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test.each([
  { what: "takes no time", tookMs: 0, begins: 5 },
  { what: "takes a while", tookMs: 1_200, begins: 5 },
  { what: "takes longer than its period", tookMs: 3_900, begins: 3 },
])(
  "[K15] work that $what starts $begins times in nine seconds, and never twice at once",
  async ({ tookMs, begins }) => {
    let [begun, running, most] = [0, 0, 0];
    const stop = every(2_000, "test.failed", async () => {
      begun += 1;
      running += 1;
      most = Math.max(most, running);
      await lasting(tookMs);
      running -= 1;
    });
    await vi.advanceTimersByTimeAsync(9_000);
    stop();
    expect([begun, most]).toEqual([begins, 1]);
  },
);

test("[K15] work that failed is logged and repeated, and not after it was stopped", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  let begun = 0;
  const stop = every(2_000, "test.failed", () => {
    begun += 1;
    return Promise.reject(new Error("Redis is away"));
  });
  await vi.advanceTimersByTimeAsync(3_000);
  stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toBe(2);
  expect(warned.mock.calls.map(([line]) => JSON.parse(String(line)).event)).toEqual(["test.failed", "test.failed"]);
});
