import type { LegAccess } from "#lib/regions/leg-schema.ts";
import { keyOf } from "./leg-key.ts";

/** What is to be done with the legs there are, and which of the accesses are new. */
export type LegPlan<T> = { kept: T[]; left: T[]; missing: LegAccess[] };

/** Compares the legs there are with those the server names: the same connection is kept where it is any good. */
export function planLegs<T extends { key: string }>(
  current: readonly T[],
  accesses: readonly LegAccess[],
  isGood: (leg: T) => boolean,
): LegPlan<T> {
  const named = new Set(accesses.map(keyOf));
  const kept = current.filter((leg) => named.has(leg.key) && isGood(leg));
  const known = new Set(kept.map(({ key }) => key));
  return {
    kept,
    left: current.filter((leg) => !kept.includes(leg)),
    missing: accesses.filter((access) => !known.has(keyOf(access))),
  };
}
