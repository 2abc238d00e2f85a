import { between } from "#lib/live/poll.ts";
import { MUCH_NEARER_MS } from "#lib/regions/placement.ts";
import type { LegPulse } from "./home-decision.ts";

/** A leg that has been much nearer than the home leg since then, by this browser's clock. */
export type NearerLeg = { leg: string; homeLeg: string; sinceMs: number };

/** A leg that says nothing else says at least this often that it lives, in milliseconds. */
const SIGN_OF_LIFE_MS = 5_000;
/**
 * A leg has to be much nearer for between one and two times as long, in ms, before I go there: nothing is wrong where I am, a server
 * that has just come back may go again, and not everybody need move in the same moment.
 */
const NEARER_FOR_MS = 2 * 60_000;

/**
 * Says which leg is much nearer than the home leg: after its server died and came back, people are still where they fled to.
 *
 * @param before - What this said at the last look.
 * @returns undefined when there is none at this moment, and then it counts from anew.
 */
export function findNearer(
  before: NearerLeg | undefined,
  homeLeg: string | undefined,
  pulses: readonly LegPulse[],
  nowMs: number,
): NearerLeg | undefined {
  const measured = pulses.flatMap(({ leg, link, heardAtMs, roundTripMs }) =>
    link === "up" && nowMs - heardAtMs < SIGN_OF_LIFE_MS && roundTripMs !== undefined ? [{ leg, roundTripMs }] : [],
  );
  const home = measured.find(({ leg }) => leg === homeLeg);
  const [nearest] = measured.toSorted((left, right) => left.roundTripMs - right.roundTripMs);
  if (!home || !nearest || home.roundTripMs - nearest.roundTripMs < MUCH_NEARER_MS) return undefined;
  if (before?.leg === nearest.leg && before.homeLeg === home.leg) return before;
  return { leg: nearest.leg, homeLeg: home.leg, sinceMs: nowMs };
}

export type NearerWatch = {
  /** @returns the leg to go to, once it has been much nearer for long enough; then it counts from anew. */
  look: (homeLeg: string | undefined, pulses: readonly LegPulse[], nowMs: number) => string | undefined;
};

export function createNearerWatch(random: () => number): NearerWatch {
  const patienceMs = between(NEARER_FOR_MS, 2 * NEARER_FOR_MS, random);
  let nearer: NearerLeg | undefined;
  return {
    look(homeLeg, pulses, nowMs) {
      nearer = findNearer(nearer, homeLeg, pulses, nowMs);
      if (!nearer || nowMs - nearer.sinceMs < patienceMs) return undefined;
      const { leg } = nearer;
      nearer = undefined;
      return leg;
    },
  };
}
