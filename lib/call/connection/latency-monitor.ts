import { between } from "#lib/live/poll.ts";
import { MUCH_NEARER_MS } from "#lib/regions/placement.ts";
import { KEEPALIVE_MS, type LegStats } from "./home-leg-policy.ts";

/**
 * The least round trip, in ms, to each leg that was up since `sinceMs`. Load makes single round trips longer, never shorter, so the
 * least one shows the distance.
 */
export type Comparison = { homeLeg: string | undefined; sinceMs: number; leastMs: ReadonlyMap<string, number> };

type LatencyStats = readonly Pick<LegStats, "leg" | "link" | "lastReceivedAtMs" | "roundTripMs">[];

export function startComparison(homeLeg: string | undefined, stats: LatencyStats, nowMs: number): Comparison {
  return { homeLeg, sinceMs: nowMs, leastMs: roundTrips(stats, nowMs) };
}

/** A leg that is not up in one sample is left out until the next comparison. */
export function continueComparison(before: Comparison, stats: LatencyStats, nowMs: number): Comparison {
  const now = roundTrips(stats, nowMs);
  const leastMs = [...before.leastMs].flatMap(([leg, least]) => {
    const roundTripMs = now.get(leg);
    return roundTripMs === undefined ? [] : [[leg, Math.min(least, roundTripMs)] as const];
  });
  return { ...before, leastMs: new Map(leastMs) };
}

/** @returns the nearest leg, if it is much nearer than the home leg. */
export function muchNearerLeg({ homeLeg = "", leastMs }: Comparison): string | undefined {
  const [nearest] = [...leastMs].toSorted(([, left], [, right]) => left - right);
  const home = leastMs.get(homeLeg);
  if (!nearest || home === undefined) return undefined;
  const [leg, roundTripMs] = nearest;
  return home - roundTripMs >= MUCH_NEARER_MS ? leg : undefined;
}

function roundTrips(stats: LatencyStats, nowMs: number): Map<string, number> {
  return new Map(
    stats.flatMap(({ leg, link, lastReceivedAtMs, roundTripMs }) =>
      link === "up" && nowMs - lastReceivedAtMs < KEEPALIVE_MS && roundTripMs !== undefined
        ? [[leg, roundTripMs] as const]
        : [],
    ),
  );
}

/** Finds the way back after a failover: when the near server has returned, participants are still on the far one. */
export type LatencyMonitor = {
  /** @returns the leg to move to, once it has been much nearer for a whole comparison; then the next comparison starts. */
  check: (homeLeg: string | undefined, stats: LatencyStats, nowMs: number) => string | undefined;
};

/**
 * @param comparedForMs - A comparison takes one to two times this long: the current leg works, a server that just came back may die
 *   again, and a whole meeting must not move at once.
 */
export function createLatencyMonitor(random: () => number, comparedForMs: number): LatencyMonitor {
  const lengthMs = between(comparedForMs, 2 * comparedForMs, random);
  let comparison: Comparison | undefined;
  return {
    check(homeLeg, stats, nowMs) {
      const before = comparison?.homeLeg === homeLeg ? comparison : undefined;
      comparison = before ? continueComparison(before, stats, nowMs) : startComparison(homeLeg, stats, nowMs);
      if (nowMs - comparison.sinceMs < lengthMs) return undefined;
      const nearer = muchNearerLeg(comparison);
      comparison = startComparison(homeLeg, stats, nowMs);
      return nearer;
    },
  };
}
