import { between } from "#lib/live/poll.ts";
import { MUCH_NEARER_MS } from "#lib/regions/placement.ts";
import { type LegStats, KEEPALIVE_MS } from "./home-leg-policy.ts";

/** The least round trip to each leg that was up all the time since then, by this browser's clock, in ms. One that is busy takes longer now and then, never less. */
export type Comparison = { homeLeg: string | undefined; sinceMs: number; leastMs: ReadonlyMap<string, number> };

type Pulses = readonly Pick<LegStats, "leg" | "link" | "lastReceivedAtMs" | "roundTripMs">[];

export function startComparison(homeLeg: string | undefined, pulses: Pulses, nowMs: number): Comparison {
  return { homeLeg, sinceMs: nowMs, leastMs: roundTrips(pulses, nowMs) };
}

/** A leg that is not up at one look is out until the next comparison. */
export function continueComparison(before: Comparison, pulses: Pulses, nowMs: number): Comparison {
  const now = roundTrips(pulses, nowMs);
  const leastMs = [...before.leastMs].flatMap(([leg, least]) => {
    const roundTripMs = now.get(leg);
    return roundTripMs === undefined ? [] : [[leg, Math.min(least, roundTripMs)] as const];
  });
  return { ...before, leastMs: new Map(leastMs) };
}

/** @returns the nearest leg, where it is much nearer than the home leg. */
export function muchNearerLeg({ homeLeg = "", leastMs }: Comparison): string | undefined {
  const [nearest] = [...leastMs].toSorted(([, left], [, right]) => left - right);
  const home = leastMs.get(homeLeg);
  if (!nearest || home === undefined) return undefined;
  const [leg, roundTripMs] = nearest;
  return home - roundTripMs >= MUCH_NEARER_MS ? leg : undefined;
}

function roundTrips(pulses: Pulses, nowMs: number): Map<string, number> {
  return new Map(
    pulses.flatMap(({ leg, link, lastReceivedAtMs, roundTripMs }) =>
      link === "up" && nowMs - lastReceivedAtMs < KEEPALIVE_MS && roundTripMs !== undefined
        ? [[leg, roundTripMs] as const]
        : [],
    ),
  );
}

/** Finds the way back: after its server died and returned, people are still where they fled to. */
export type LatencyMonitor = {
  /** @returns the leg to go to, once it has been much nearer for a whole comparison; then the next one begins. */
  look: (homeLeg: string | undefined, pulses: Pulses, nowMs: number) => string | undefined;
};

/**
 * @param comparedForMs - Legs are compared for once to twice as long: nothing is wrong with the present leg, a server that has just
 *   come back may go again, and a whole meeting must not move in the same moment.
 */
export function createLatencyMonitor(random: () => number, comparedForMs: number): LatencyMonitor {
  const lengthMs = between(comparedForMs, 2 * comparedForMs, random);
  let comparison: Comparison | undefined;
  return {
    look(homeLeg, pulses, nowMs) {
      const before = comparison?.homeLeg === homeLeg ? comparison : undefined;
      comparison = before ? continueComparison(before, pulses, nowMs) : startComparison(homeLeg, pulses, nowMs);
      if (nowMs - comparison.sinceMs < lengthMs) return undefined;
      const nearer = muchNearerLeg(comparison);
      comparison = startComparison(homeLeg, pulses, nowMs);
      return nearer;
    },
  };
}
