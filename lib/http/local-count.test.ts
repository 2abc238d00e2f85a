import { expect, test } from "vitest";
import { LocalCount } from "./local-count.ts";

const NOW = 1_000_000;
const MINUTE = 60_000;

/** What Redis has to count for each of these requests, one a second. */
function counted(requests: number, atMost: number): number[] {
  const local = new LocalCount();
  return Array.from({ length: requests }, (_, at) => local.take("key", atMost, MINUTE, NOW + at * 1_000));
}

test.each([
  ["few requests are not counted in Redis", 5, 20, [0, 0, 0, 0, 0]],
  ["above a quarter of the limit all of them are", 8, 20, [0, 0, 0, 0, 0, 6, 1, 1]],
  ["a limit below four counts each", 3, 3, [1, 1, 1]],
])("[H53] %s", (_, requests, atMost, expected) => {
  expect(counted(requests, atMost)).toEqual(expected);
  const sum = expected.reduce((total, one) => total + one, 0);
  expect([0, requests]).toContain(sum);
});

test("[H53] each caller's window restarts after its own time", () => {
  const local = new LocalCount();
  const take = (key: string, afterMs: number) => local.take(key, 8, MINUTE, NOW + afterMs);
  expect([take("a", 0), take("a", 1), take("a", 2), take("b", 3)]).toEqual([0, 0, 3, 0]);
  expect([take("a", MINUTE - 1), take("a", MINUTE), take("b", MINUTE)]).toEqual([1, 0, 0]);
});

test("[H53] a flood of callers is counted in Redis, and forgotten when its windows have ended", () => {
  const local = new LocalCount();
  const flood = (afterMs: number) =>
    Array.from({ length: 12_000 }, (_, at) => local.take(`${afterMs} ${at}`, 60, MINUTE, NOW + afterMs)).filter(Boolean)
      .length;
  expect(flood(0)).toBe(2_000);
  expect(flood(MINUTE)).toBe(2_000);
});
