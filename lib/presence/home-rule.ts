/**
 * A moving participant publishes on the new leg before they stop on the old one, so that no speech is lost. The old leg allows both
 * for this long, in milliseconds: two streams are up within one or two seconds, on a slow phone within five.
 */
export const MOVING_MS = 10_000;

export type Homed = { homeLeg: string; homeWas: string; homeSinceMs: number };

/** Role of a leg for a participant: `home` to publish on, `leaving` for a moment after a move, `guest` to watch. */
export function standingOn(leg: string, { homeLeg, homeWas, homeSinceMs }: Homed, nowMs: number): Standing {
  if (leg === homeLeg) return "home";
  return leg === homeWas && nowMs - homeSinceMs < MOVING_MS ? "leaving" : "guest";
}
export type Standing = "home" | "leaving" | "guest";
