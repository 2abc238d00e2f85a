import type { Seat } from "./seat.ts";

/**
 * What the attribute `home` of a LiveKit participant says, on every leg: `2:b`, the seat's second home is leg b. Viewers take a
 * person's tracks from there. Legs may disagree for a moment; the higher count holds.
 */
export function homeAttribute({ homeCount, homeLeg }: Pick<Seat, "homeCount" | "homeLeg">): string {
  return `${homeCount}:${homeLeg}`;
}
