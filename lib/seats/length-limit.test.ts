import { expect, test } from "vitest";
import { isOverTime, minutesLeft } from "./length-limit.ts";

const NOW = 1_000_000_000;
const MINUTE_MS = 60_000;

test.each<[number | undefined, boolean, number | undefined]>([
  [undefined, false, undefined],
  [24 * 60 * MINUTE_MS, false, undefined],
  [10 * MINUTE_MS + 1, false, undefined],
  [10 * MINUTE_MS, false, 10],
  [90_000, false, 2],
  [1, false, 1],
  [0, true, 0],
  [-5 * MINUTE_MS, true, 0],
])("[O30] with %s ms left: over %s, hosts see %s minutes", (leftMs, isOver, minutes) => {
  const session = { endsAtMs: leftMs === undefined ? undefined : NOW + leftMs };
  expect([isOverTime(session, NOW), minutesLeft(session, NOW)]).toEqual([isOver, minutes]);
});

test("[O30] no session is never over its limit", () => {
  expect([isOverTime(undefined, NOW), minutesLeft(undefined, NOW)]).toEqual([false, undefined]);
});
