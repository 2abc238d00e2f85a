import type { LegAccess } from "#lib/regions/leg-schema.ts";
import { keyOf } from "./leg-key.ts";
import type { Leg } from "./leg.ts";

/** The legs there are, the one published on, and those about to be closed. */
export type LegSet = {
  all: () => readonly Leg[];
  home: () => Leg | undefined;
  /** Those not about to be closed, and the home leg: it stays until there is a better one. */
  staying: () => readonly Leg[];
  /** Names of those that are connected or connecting, and not about to be closed. */
  names: () => string[];
  /** Makes a leg that works the home leg. @returns whether the home leg changed */
  moveHome: (name: string) => boolean;
  replaceAll: (legs: readonly Leg[], homeName: string | undefined) => void;
  add: (opened: readonly Leg[]) => void;
  markLeaving: (left: readonly Leg[]) => void;
  /** @returns those removed from the set, for closing */
  remove: (left: readonly Leg[]) => readonly Leg[];
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
    replaceAll(legs, homeName) {
      leaving.clear();
      current = legs;
      home = legs.find(({ leg }) => leg === homeName);
    },
    add(opened) {
      current = [...current, ...opened];
    },
    markLeaving(left) {
      for (const leg of left) leaving.add(leg);
    },
    remove(left) {
      const removed = left.filter((leg) => leg !== home);
      current = current.filter((leg) => !removed.includes(leg));
      for (const leg of left) leaving.delete(leg);
      return removed;
    },
  };
}

export async function closeAll(legs: readonly Leg[]): Promise<void> {
  await Promise.allSettled(legs.map((leg) => leg.close()));
}

/** Brings the legs in line with what the server names. */
export type LegChanges = {
  /**
   * Connects to these legs instead of the current ones; a current leg that is among them and works is kept. Until the home leg is
   * connected the old legs stay in the set, so that no tile vanishes and comes back.
   *
   * @throws what connecting the home leg failed with, when no other leg is connected either. The old legs are closed all the same.
   */
  replace: (accesses: readonly LegAccess[]) => Promise<void>;
  /** Opens new legs and closes obsolete ones, without interrupting what plays. */
  adjust: (accesses: readonly LegAccess[]) => Promise<void>;
  close: () => Promise<void>;
};

export type LegChangesEvents = {
  changed: () => void;
  /** The server names another home leg. The move has to be asked for: publishing there may not be permitted yet. */
  homeNamed: (leg: string) => void;
};

/** An obsolete leg stays this long, in ms, because participants who are moving away from it are shown from there until they have. */
const LINGER_MS = 2_000;
/** A home leg not connected by then may be dead, so the other legs are started, in ms. */
const HEAD_START_MS = 1_000;

type Connectable = Pick<Leg, "connect">;
const CONNECTED: Connectable = { connect: async () => {} };

export function createLegChanges(
  legs: LegSet,
  open: (access: LegAccess) => Leg,
  { changed, homeNamed }: LegChangesEvents,
): LegChanges {
  let isClosed = false;
  let isReplacing = false;

  const replaceAll = async (accesses: readonly LegAccess[]) => {
    const { kept, left, missing } = planLegs(legs.all(), accesses, (leg) => leg.isWell());
    // The server disconnects the old connections as duplicates of the new ones. Do not report that.
    for (const leg of left) leg.retire();
    const opened = missing.map(open);
    const homeName = (accesses.find(({ home }) => home) ?? accesses[0])?.leg;
    try {
      await connectNew(opened, homeName, kept.length > 0);
    } catch (error) {
      // Rooms left open would keep reconnecting, and two connections of one identity would disconnect each other.
      await closeAll([...left, ...opened]);
      throw error;
    }
    await closeAll(left);
    if (isClosed) return closeAll(opened);
    legs.replaceAll([...kept, ...opened], homeName);
    changed();
  };
  const remove = (left: readonly Leg[]) => {
    void closeAll(legs.remove(left));
    changed();
  };

  return {
    async replace(accesses) {
      isReplacing = true;
      await replaceAll(accesses).finally(() => (isReplacing = false));
    },
    async adjust(accesses) {
      if (isReplacing || isClosed) return;
      const { left, missing } = planLegs(legs.staying(), accesses, (leg) => leg.isTrying());
      const opened = missing.map(open);
      legs.markLeaving(left);
      legs.add(opened);
      await Promise.allSettled(opened.map((leg) => leg.connect()));
      if (isClosed || !opened.every((leg) => legs.all().includes(leg))) return;
      const named = accesses.find(({ home }) => home);
      if (named && named.leg !== legs.home()?.leg) homeNamed(named.leg);
      changed();
      if (left.length > 0) setTimeout(() => remove(left), LINGER_MS);
    },
    async close() {
      isClosed = true;
      await closeAll(legs.all());
      legs.replaceAll([], undefined);
    },
  };
}

export type LegPlan<T> = { kept: T[]; left: T[]; missing: LegAccess[] };

/** Compares the current legs with those the server names. A leg for the same connection is kept where `isGood` says so. */
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

/** @param isOneKept - A kept leg counts as one that could be connected. */
async function connectNew(opened: readonly Leg[], homeName: string | undefined, isOneKept: boolean): Promise<void> {
  const home = opened.find(({ leg }) => leg === homeName);
  const others = opened.filter((leg) => leg !== home);
  await connectLegs(home ?? CONNECTED, isOneKept ? [...others, CONNECTED] : others);
}

/**
 * Connects to the home leg first and then to the others, which neither slow it down nor are waited for.
 *
 * @returns when the home leg is connected or, if it fails, one of the others.
 * @throws what the home leg failed with, when the others failed, too.
 */
export async function connectLegs(home: Connectable, others: readonly Connectable[]): Promise<void> {
  let connecting: Promise<void>[] | undefined;
  const connectOthers = () => {
    connecting ??= others.map((leg) => leg.connect());
    // A standby leg that fails is retried in the background; the user is not notified.
    for (const one of connecting) one.catch(() => {});
    return connecting;
  };
  const timer = setTimeout(() => void connectOthers(), HEAD_START_MS);
  try {
    await home.connect();
    void connectOthers();
  } catch (error) {
    await Promise.any(connectOthers()).catch(() => {
      throw error;
    });
  } finally {
    clearTimeout(timer);
  }
}
