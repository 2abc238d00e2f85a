import { expect, test } from "vitest";
import { OwnLimitsSchema } from "./host-limits-schema.ts";
import { LIMIT_NAMES, LIMIT_RANGES, defaultLimits, limitsOf } from "./host-limits.ts";

const defaults = defaultLimits(100);

test.each([
  [{}, { rooms: 200, meetings: 20, people: 100, minutes: 1_440 }],
  [{ people: 300 }, { rooms: 200, meetings: 20, people: 300, minutes: 1_440 }],
  [
    { rooms: 1, meetings: 2, people: 3, minutes: 5 },
    { rooms: 1, meetings: 2, people: 3, minutes: 5 },
  ],
  [
    { rooms: undefined, meetings: 3 },
    { rooms: 200, meetings: 3, people: 100, minutes: 1_440 },
  ],
])("[O20] an account with the limits %j has %j", (own, limits) => {
  expect(limitsOf(own, defaults)).toEqual(limits);
});

test.each(LIMIT_NAMES)("[O20] the limit %s is a whole number in its range", (name) => {
  const { least, most } = LIMIT_RANGES[name];
  const isFine = (value: unknown) => OwnLimitsSchema.safeParse({ [name]: value }).success;
  expect([least, most, defaults[name]].map(isFine)).toEqual([true, true, true]);
  expect([least - 1, most + 1, least + 0.5, "many", Infinity].map(isFine)).toEqual([false, false, false, false, false]);
});
