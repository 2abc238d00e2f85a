import { expect, test } from "vitest";
import type { LegStats } from "./home-leg-policy.ts";
import { startComparison, createLatencyMonitor, continueComparison, muchNearerLeg } from "./latency-monitor.ts";

const NOW = 1_000_000;

function pulse(leg: string, roundTripMs: number | undefined, change: Partial<LegStats> = {}): LegStats {
  const well = {
    link: "up",
    lostAtMs: undefined,
    lastReceivedAtMs: NOW,
    isSuspect: false,
    noPacketsForMs: 0,
    noKeepaliveForMs: 0,
  } as const;
  return { leg, ...well, roundTripMs, ...change };
}

test.each<[string, LegStats[], string | undefined]>([
  ["another leg is much nearer", [pulse("a", 10), pulse("b", 80)], "a"],
  ["by exactly as much as counts", [pulse("a", 40), pulse("b", 80)], "a"],
  ["a little nearer is no reason", [pulse("a", 41), pulse("b", 80)], undefined],
  ["the nearest of several", [pulse("a", 30), pulse("b", 90), pulse("c", 10)], "c"],
  ["it is down", [pulse("a", 10, { link: "signal-lost" }), pulse("b", 80)], undefined],
  ["it was not heard for long", [pulse("a", 10, { lastReceivedAtMs: NOW - 5_000 }), pulse("b", 80)], undefined],
  ["how near it is is not known", [pulse("a", undefined), pulse("b", 80)], undefined],
  ["how near the home is is not known", [pulse("a", 10), pulse("b", undefined)], undefined],
  [
    "the home has trouble, which is for others to decide",
    [pulse("a", 10), pulse("b", 80, { link: "gone" })],
    undefined,
  ],
  ["the home is the nearest", [pulse("a", 90), pulse("b", 10)], undefined],
  ["there is only the home", [pulse("b", 80)], undefined],
])("[N42] a nearer leg: %s", (_, pulses, leg) => {
  expect(muchNearerLeg(startComparison("b", pulses, NOW))).toBe(leg);
});

test.each<[string, LegStats[], string | undefined]>([
  ["it was busy meanwhile, which takes longer", [pulse("a", 300), pulse("b", 90)], "a"],
  ["the home was nearer at times", [pulse("a", 10), pulse("b", 45)], undefined],
  ["it was down meanwhile", [pulse("a", 10, { link: "connecting" }), pulse("b", 80)], undefined],
  ["it was gone meanwhile", [pulse("b", 80)], undefined],
])("[N42] a nearer leg for some time: %s", (_, meanwhile, leg) => {
  const pulses = [pulse("a", 10), pulse("b", 80)];
  const compared = continueComparison(startComparison("b", pulses, NOW), meanwhile, NOW);
  expect(muchNearerLeg(continueComparison(compared, pulses, NOW))).toBe(leg);
});

test("[N42] a leg counts once it was there for a whole comparison, of a length drawn for each browser", () => {
  const watch = createLatencyMonitor(() => 0.5, 60_000);
  const look = (seconds: number, home = "b") => {
    const lastReceivedAtMs = NOW + seconds * 1_000;
    const near = seconds < 10 ? [] : [pulse("a", 10, { lastReceivedAtMs })];
    return watch.look(home, [...near, pulse("b", 80, { lastReceivedAtMs })], lastReceivedAtMs);
  };
  expect([0, 10, 90, 179].map((seconds) => look(seconds))).toEqual([undefined, undefined, undefined, undefined]);
  expect(look(180)).toBe("a");
  expect(look(181)).toBeUndefined();
  // Another home: it begins anew.
  expect(look(200, "a")).toBeUndefined();
  expect([201, 269, 290].map((seconds) => look(seconds))).toEqual([undefined, undefined, undefined]);
  expect(look(291)).toBe("a");
});
