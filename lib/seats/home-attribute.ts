import type { Seat } from "./seat.ts";

/**
 * The attribute `home` of a LiveKit participant, on every leg. In `2:b`, leg b is the seat's second home. Viewers take the
 * participant's tracks from there. Legs may disagree for a moment; the higher count is right.
 */
export function homeAttribute({ homeCount, homeLeg }: Pick<Seat, "homeCount" | "homeLeg">): string {
  return `${homeCount}:${homeLeg}`;
}
