import { expect, test } from "vitest";
import type { LegPulse } from "./home-decision.ts";
import { findNearer } from "./nearer-leg.ts";

const NOW = 1_000_000;

function pulse(leg: string, roundTripMs: number | undefined, change: Partial<LegPulse> = {}): LegPulse {
  const well = { link: "up", lostAtMs: undefined, heardAtMs: NOW, isHushed: false, quietMs: 0, deafMs: 0 } as const;
  return { leg, ...well, roundTripMs, ...change };
}

test.each<[string, LegPulse[], string | undefined]>([
  ["another leg is much nearer", [pulse("a", 10), pulse("b", 80)], "a"],
  ["by exactly as much as counts", [pulse("a", 40), pulse("b", 80)], "a"],
  ["a little nearer is no reason", [pulse("a", 41), pulse("b", 80)], undefined],
  ["the nearest of several", [pulse("a", 30), pulse("b", 90), pulse("c", 10)], "c"],
  ["it is down", [pulse("a", 10, { link: "signal-lost" }), pulse("b", 80)], undefined],
  ["it was not heard for long", [pulse("a", 10, { heardAtMs: NOW - 5_000 }), pulse("b", 80)], undefined],
  ["how near it is is not known", [pulse("a", undefined), pulse("b", 80)], undefined],
  ["how near the home is is not known", [pulse("a", 10), pulse("b", undefined)], undefined],
  [
    "the home has trouble, which is for others to decide",
    [pulse("a", 10), pulse("b", 80, { link: "media-lost" })],
    undefined,
  ],
  ["the home is the nearest", [pulse("a", 90), pulse("b", 10)], undefined],
  ["there is only the home", [pulse("b", 80)], undefined],
])("[N42] a nearer leg: %s", (_, pulses, leg) => {
  expect(findNearer(undefined, "b", pulses, NOW)).toEqual(leg && { leg, homeLeg: "b", sinceMs: NOW });
});

test("[N42] it counts from when the leg was first much nearer, and anew for another leg, another home or a pause", () => {
  const pulses = [pulse("a", 10), pulse("b", 80)];
  const first = { leg: "a", homeLeg: "b", sinceMs: NOW - 60_000 };
  expect(findNearer(first, "b", pulses, NOW)).toEqual(first);
  expect(findNearer({ ...first, leg: "c" }, "b", pulses, NOW)?.sinceMs).toBe(NOW);
  expect(findNearer({ ...first, homeLeg: "c" }, "b", pulses, NOW)?.sinceMs).toBe(NOW);
  expect(findNearer(first, "b", [pulse("a", 70), pulse("b", 80)], NOW)).toBeUndefined();
  expect(findNearer(first, undefined, pulses, NOW)).toBeUndefined();
});
