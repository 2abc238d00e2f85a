import { expect, test } from "vitest";
import { NOW } from "#lib/testing/places.ts";
import { MOVING_MS, standingOn } from "./home-rule.ts";

const moved = { homeLeg: "b", homeWas: "a", homeSinceMs: NOW };

test.each([
  ["b", moved, 0, "home"],
  ["b", moved, MOVING_MS, "home"],
  ["a", moved, MOVING_MS - 1, "leaving"],
  ["a", moved, MOVING_MS, "guest"],
  ["c", moved, 0, "guest"],
  ["a", { ...moved, homeWas: "" }, 0, "guest"],
] as const)("[G14] leg %s of %j is after %i ms: %s", (leg, homed, afterMs, expected) => {
  expect(standingOn(leg, homed, NOW + afterMs)).toBe(expected);
});
