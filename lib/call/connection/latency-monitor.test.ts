import { expect, test } from "vitest";
import type { LegStats } from "./home-leg-policy.ts";
import { startComparison, createLatencyMonitor, continueComparison, muchNearerLeg } from "./latency-monitor.ts";

const NOW = 1_000_000;

function legStats(leg: string, roundTripMs: number | undefined, change: Partial<LegStats> = {}): LegStats {
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
  ["another leg is much nearer", [legStats("a", 10), legStats("b", 80)], "a"],
  ["by exactly as much as counts", [legStats("a", 40), legStats("b", 80)], "a"],
  ["a little nearer is no reason", [legStats("a", 41), legStats("b", 80)], undefined],
  ["the nearest of several", [legStats("a", 30), legStats("b", 90), legStats("c", 10)], "c"],
  ["it is down", [legStats("a", 10, { link: "signal-lost" }), legStats("b", 80)], undefined],
  [
    "nothing arrived from it for long",
    [legStats("a", 10, { lastReceivedAtMs: NOW - 5_000 }), legStats("b", 80)],
    undefined,
  ],
  ["its distance is unknown", [legStats("a", undefined), legStats("b", 80)], undefined],
  ["the distance of the home leg is unknown", [legStats("a", 10), legStats("b", undefined)], undefined],
  ["the home leg has trouble: not decided here", [legStats("a", 10), legStats("b", 80, { link: "gone" })], undefined],
  ["the home leg is the nearest", [legStats("a", 90), legStats("b", 10)], undefined],
  ["there is only the home leg", [legStats("b", 80)], undefined],
])("[N42] finds a much nearer leg: %s", (_, stats, leg) => {
  expect(muchNearerLeg(startComparison("b", stats, NOW))).toBe(leg);
});

test.each<[string, LegStats[], string | undefined]>([
  ["it was busy in between, which takes longer", [legStats("a", 300), legStats("b", 90)], "a"],
  ["the home leg was nearer at times", [legStats("a", 10), legStats("b", 45)], undefined],
  ["it was down in between", [legStats("a", 10, { link: "connecting" }), legStats("b", 80)], undefined],
  ["it was gone in between", [legStats("b", 80)], undefined],
])("[N42] compares over some time: %s", (_, later, leg) => {
  const stats = [legStats("a", 10), legStats("b", 80)];
  const compared = continueComparison(startComparison("b", stats, NOW), later, NOW);
  expect(muchNearerLeg(continueComparison(compared, stats, NOW))).toBe(leg);
});

test("[N42] names a nearer leg after a whole comparison, whose length differs between browsers", () => {
  const monitor = createLatencyMonitor(() => 0.5, 60_000);
  const checkAt = (seconds: number, home = "b") => {
    const lastReceivedAtMs = NOW + seconds * 1_000;
    const near = seconds < 10 ? [] : [legStats("a", 10, { lastReceivedAtMs })];
    return monitor.check(home, [...near, legStats("b", 80, { lastReceivedAtMs })], lastReceivedAtMs);
  };
  expect([0, 10, 90, 179].map((seconds) => checkAt(seconds))).toEqual([undefined, undefined, undefined, undefined]);
  expect(checkAt(180)).toBe("a");
  expect(checkAt(181)).toBeUndefined();
  // Another home leg: the comparison starts over.
  expect(checkAt(200, "a")).toBeUndefined();
  expect([201, 269, 290].map((seconds) => checkAt(seconds))).toEqual([undefined, undefined, undefined]);
  expect(checkAt(291)).toBe("a");
});
