/**
 * Whoever moves home publishes on the new leg before they stop on the old one, so that nobody misses a word. The old leg lets them
 * for this long, in milliseconds: two streams are up within one or two seconds, on a slow phone within five.
 */
export const MOVING_MS = 10_000;

export type Homed = { homeLeg: string; homeWas: string; homeSinceMs: number };

/** What a leg is to somebody: where they publish, where they still may for a moment, or where they only watch. */
export function standingOn(leg: string, { homeLeg, homeWas, homeSinceMs }: Homed, nowMs: number): Standing {
  if (leg === homeLeg) return "home";
  return leg === homeWas && nowMs - homeSinceMs < MOVING_MS ? "leaving" : "guest";
}
export type Standing = "home" | "leaving" | "guest";
