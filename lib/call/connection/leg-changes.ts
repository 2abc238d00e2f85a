import type { LegAccess } from "#lib/regions/leg-schema.ts";
import { connectLegs } from "./connect-legs.ts";
import { planLegs } from "./leg-plan.ts";
import { type LegSet, closeAll } from "./leg-set.ts";
import type { Leg } from "./leg.ts";

/** Brings the legs in line with what the server names. */
export type LegChanges = {
  /**
   * Connects to these instead of those before, and keeps those which are the same and well. Until the home leg is
   * connected the old picture stays, so that nobody's tile vanishes and comes back.
   *
   * @throws whatever the home leg's connecting failed with when no other is connected either; the old legs are gone all
   *   the same.
   */
  replace: (accesses: readonly LegAccess[]) => Promise<void>;
  /** Opens what is new and leaves what is gone, with nothing that plays being cut. */
  adjust: (accesses: readonly LegAccess[]) => Promise<void>;
  close: () => Promise<void>;
};

export type LegChangesEvents = {
  changed: () => void;
  /** The server names another home leg than mine. Going there is asked for, or I might have no right to publish there. */
  homeNamed: (leg: string) => void;
};

/** A leg that is being left stays for this long, in ms: whoever moves away from it is shown there until they have. */
const LINGER_MS = 2_000;
const CONNECTED = { connect: async () => {} };

export function createLegChanges(
  legs: LegSet,
  open: (access: LegAccess) => Leg,
  { changed, homeNamed }: LegChangesEvents,
): LegChanges {
  let isClosed = false;
  let isReplacing = false;

  const renew = async (accesses: readonly LegAccess[]) => {
    const { kept, left, missing } = planLegs(legs.all(), accesses, (leg) => leg.isWell());
    // The server sends the old connections away as doubles of the new ones: that is no news.
    for (const leg of left) leg.retire();
    const opened = missing.map(open);
    const homeName = (accesses.find(({ home }) => home) ?? accesses[0])?.leg;
    try {
      await connectNew(opened, homeName, kept.length > 0);
    } catch (error) {
      // Rooms left alone would go on reconnecting behind our back, and two of me would throw each other out.
      await closeAll([...left, ...opened]);
      throw error;
    }
    await closeAll(left);
    if (isClosed) return closeAll(opened);
    legs.become([...kept, ...opened], homeName);
    changed();
  };

  return {
    async replace(accesses) {
      isReplacing = true;
      await renew(accesses).finally(() => (isReplacing = false));
    },
    async adjust(accesses) {
      if (isReplacing || isClosed) return;
      const { left, missing } = planLegs(legs.staying(), accesses, (leg) => leg.isTrying());
      const opened = missing.map(open);
      legs.leaveSoon(left);
      legs.add(opened);
      await Promise.allSettled(opened.map((leg) => leg.connect()));
      if (isClosed || !opened.every((leg) => legs.all().includes(leg))) return;
      const wished = accesses.find(({ home }) => home);
      if (wished && wished.leg !== legs.home()?.leg) homeNamed(wished.leg);
      changed();
      if (left.length > 0) setTimeout(() => drop(legs, left, changed), LINGER_MS);
    },
    async close() {
      isClosed = true;
      await closeAll(legs.all());
      legs.become([], undefined);
    },
  };
}

/** @param isOneKept - A leg that was kept is as good as one that could be connected. */
async function connectNew(opened: readonly Leg[], homeName: string | undefined, isOneKept: boolean): Promise<void> {
  const home = opened.find(({ leg }) => leg === homeName);
  const others = opened.filter((leg) => leg !== home);
  await connectLegs(home ?? CONNECTED, isOneKept ? [...others, CONNECTED] : others);
}

function drop(legs: LegSet, left: readonly Leg[], changed: () => void): void {
  void closeAll(legs.drop(left));
  changed();
}
