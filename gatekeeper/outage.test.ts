import { expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { Outage } from "./outage.ts";

const silent = () => new AppError("unavailable", {}, { cause: new DOMException("timed out", "TimeoutError") });
const limited = (words: string) => new AppError("unavailable", {}, { cause: new Error(words) });

/** Since when Redis is away at 10,000 ms, after requests that failed at these times. */
function awayAfter(...failures: { atMs: number; error: Error }[]): number | undefined {
  const outage = new Outage();
  for (const { atMs, error } of failures) outage.failed(error, atMs);
  return outage.sinceMs(10_000);
}

test.each([
  { what: "nothing", failures: [], expected: undefined },
  { what: "one slow answer", failures: [{ atMs: 1_000, error: silent() }], expected: undefined },
  {
    what: "two that failed within the last moments",
    failures: [8_000, 9_000].map((atMs) => ({ atMs, error: silent() })),
    expected: undefined,
  },
  {
    what: "two that failed over three seconds",
    failures: [6_000, 8_000].map((atMs) => ({ atMs, error: silent() })),
    expected: 6_000,
  },
  {
    what: "rate limits",
    failures: [1_000, 3_000, 5_000].map((atMs) => ({
      atMs,
      error: limited("ERR max requests limit exceeded. Limit: 10000, Usage: 10001."),
    })),
    expected: undefined,
  },
  {
    what: "rate limits in other words",
    failures: [1_000, 3_000].map((atMs) => ({ atMs, error: limited("ERR max daily request limit exceeded") })),
    expected: undefined,
  },
  {
    what: "a broken answer, twice",
    failures: [1_000, 3_000].map((atMs) => ({ atMs, error: limited("Unexpected token '<'") })),
    expected: 1_000,
  },
])("[K19] after $what Redis is away since $expected", ({ failures, expected }) => {
  expect(awayAfter(...failures)).toBe(expected);
});

test("[K19] an answer ends an outage", () => {
  const outage = new Outage();
  outage.failed(silent(), 1_000);
  outage.failed(silent(), 3_000);
  outage.answered(4_000);
  expect(outage.sinceMs(10_000)).toBeUndefined();
  outage.failed(silent(), 9_000);
  expect(outage.sinceMs(20_000)).toBeUndefined();
});

test("[H51] Redis is away since its last answer, however long no request followed it", () => {
  const outage = new Outage();
  outage.answered(1_000);
  expect(outage.isSuspected()).toBe(false);
  outage.failed(silent(), 14_000);
  expect([outage.isSuspected(), outage.sinceMs(18_000)]).toEqual([true, undefined]);
  outage.failed(silent(), 16_000);
  expect([outage.sinceMs(16_500), outage.sinceMs(17_000)]).toEqual([undefined, 1_000]);
});
