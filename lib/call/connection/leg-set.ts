import type { Leg } from "./leg.ts";

/** Which legs there are, which one I publish on, and which are about to be left. */
export type LegSet = {
  all: () => readonly Leg[];
  home: () => Leg | undefined;
  /** Those that are not about to be left. What I publish on is not left before there is something better. */
  staying: () => readonly Leg[];
  /** Those that are connected or at it, and not about to be left. */
  names: () => string[];
  /** @returns whether it is another one than before; it must be here and well. */
  moveHome: (name: string) => boolean;
  /** From now on it is these. */
  become: (legs: readonly Leg[], homeName: string | undefined) => void;
  add: (opened: readonly Leg[]) => void;
  /** They stay for a while. */
  leaveSoon: (left: readonly Leg[]) => void;
  /** @returns those that are gone from here, for closing. */
  drop: (left: readonly Leg[]) => readonly Leg[];
};

export function createLegSet(): LegSet {
  let current: readonly Leg[] = [];
  let home: Leg | undefined;
  const leaving = new Set<Leg>();
  const staying = () => current.filter((leg) => !leaving.has(leg) || leg === home);

  return {
    all: () => current,
    home: () => home,
    staying,
    names: () => current.flatMap((leg) => (leg.isTrying() && !leaving.has(leg) ? [leg.leg] : [])),
    moveHome(name) {
      const next = staying().find((leg) => leg.leg === name && leg.isWell());
      if (!next || next === home) return false;
      home = next;
      return true;
    },
    become(legs, homeName) {
      leaving.clear();
      current = legs;
      home = legs.find(({ leg }) => leg === homeName);
    },
    add(opened) {
      current = [...current, ...opened];
    },
    leaveSoon(left) {
      for (const leg of left) leaving.add(leg);
    },
    drop(left) {
      const dropped = left.filter((leg) => leg !== home);
      current = current.filter((leg) => !dropped.includes(leg));
      for (const leg of left) leaving.delete(leg);
      return dropped;
    },
  };
}

export async function closeAll(legs: readonly Leg[]): Promise<void> {
  await Promise.allSettled(legs.map((leg) => leg.close()));
}
