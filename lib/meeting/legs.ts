import type { DisconnectReason } from "livekit-client";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import { connectLegs } from "./connect-legs.ts";
import type { Deps } from "./deps.ts";
import type { LegPulse } from "./home-decision.ts";
import { planLegs } from "./leg-plan.ts";
import { type Leg, createLeg } from "./leg.ts";
import type { LegView } from "./leg-view.ts";
import { createNewsSieve } from "./nudge-copies.ts";
import { tuneLegs } from "./tune-legs.ts";

export type LegsEvents = {
  changed: () => void;
  /** A leg's transport was looked at. */
  looked: () => void;
  nudged: (nudge: Nudge) => void;
  /** Where I publish I was given the right to, which I did not have. */
  permitted: () => void;
  /** A leg is gone for good; the one I publish on, or another. */
  lost: (reason: DisconnectReason | undefined, isHome: boolean) => void;
  /** The server names another home leg than mine. Going there is asked for, or I might have no right to publish there. */
  homeNamed: (leg: string) => void;
};

/** The meeting's connections, whatever their number. */
export type Legs = {
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
  home: () => Leg | undefined;
  moveHome: (leg: string) => void;
  /** Those that are connected or at it, and not about to be left. */
  names: () => string[];
  pulses: () => LegPulse[];
  views: () => LegView[];
  setLocks: (locks: SourceLocks) => void;
  setSpeaker: (deviceId: string) => Promise<void>;
  startSound: () => Promise<void>;
  isSoundBlocked: () => boolean;
  /** Leaves the servers at once, so that others see no ghost of a page that is gone; `replace` comes back. */
  hangUp: () => Promise<void>;
  close: () => Promise<void>;
};

/** A leg that is being left stays for this long, in ms: whoever moves away from it is shown there until they have. */
const LINGER_MS = 2_000;
const CONNECTED = { connect: async () => {} };

export function createLegs({ createRoom }: Pick<Deps, "createRoom">, hears: LegsEvents): Legs {
  let current: readonly Leg[] = [];
  let homeLeg: Leg | undefined;
  const leaving = new Set<Leg>();
  let locks = NO_LOCKS;
  let speakerId: string | undefined;
  let isClosed = false;
  let isReplacing = false;

  const isNews = createNewsSieve();
  const staying = () => current.filter((leg) => !leaving.has(leg) || leg === homeLeg);
  const changed = () => {
    tuneLegs(current, locks);
    hears.changed();
  };
  const open = (access: LegAccess): Leg => {
    const leg: Leg = createLeg(access, createRoom(), {
      changed,
      looked: hears.looked,
      uneasy: () => current.forEach((one) => one.hurry()),
      nudged(nudge) {
        if (isNews(JSON.stringify(nudge), leg.leg, performance.now())) hears.nudged(nudge);
      },
      permitted() {
        if (leg === homeLeg) hears.permitted();
      },
      lost(reason) {
        if (current.includes(leg)) hears.lost(reason, leg === homeLeg);
        changed();
      },
    });
    if (speakerId !== undefined) leg.setSpeaker(speakerId).catch(() => {});
    return leg;
  };
  const moveHome = (name: string) => {
    const next = staying().find((leg) => leg.leg === name && leg.isWell());
    if (!next || next === homeLeg) return;
    homeLeg = next;
    changed();
  };
  const drop = (left: readonly Leg[]) => {
    // What I publish on is not left before there is something better.
    const dropped = left.filter((leg) => leg !== homeLeg);
    current = current.filter((leg) => !dropped.includes(leg));
    for (const leg of left) leaving.delete(leg);
    void closeAll(dropped);
    changed();
  };
  const renew = async (accesses: readonly LegAccess[]) => {
    const { kept, left, missing } = planLegs(current, accesses, (leg) => leg.isWell());
    // The server sends the old connections away as doubles of the new ones: that is no news.
    for (const leg of left) leg.retire();
    const opened = missing.map(open);
    const homeName = (accesses.find(({ home }) => home) ?? accesses[0])?.leg;
    const newHome = opened.find(({ leg }) => leg === homeName);
    const others = opened.filter((leg) => leg !== newHome);
    try {
      // A leg that was kept is as good as one that could be connected.
      await connectLegs(newHome ?? CONNECTED, kept.length > 0 ? [...others, CONNECTED] : others);
    } catch (error) {
      // Rooms left alone would go on reconnecting behind our back, and two of me would throw each other out.
      await closeAll([...left, ...opened]);
      throw error;
    }
    await closeAll(left);
    if (isClosed) return closeAll(opened);
    leaving.clear();
    current = [...kept, ...opened];
    homeLeg = current.find(({ leg }) => leg === homeName);
    changed();
  };

  return {
    async replace(accesses) {
      isReplacing = true;
      await renew(accesses).finally(() => (isReplacing = false));
    },
    async adjust(accesses) {
      if (isReplacing || isClosed) return;
      const { left, missing } = planLegs(staying(), accesses, (leg) => leg.isTrying());
      const opened = missing.map(open);
      for (const leg of left) leaving.add(leg);
      current = [...current, ...opened];
      await Promise.allSettled(opened.map((leg) => leg.connect()));
      if (isClosed || !opened.every((leg) => current.includes(leg))) return;
      const wished = accesses.find(({ home }) => home);
      if (wished && wished.leg !== homeLeg?.leg) hears.homeNamed(wished.leg);
      changed();
      if (left.length > 0) setTimeout(() => drop(left), LINGER_MS);
    },
    home: () => homeLeg,
    moveHome,
    names: () => current.flatMap((leg) => (leg.isTrying() && !leaving.has(leg) ? [leg.leg] : [])),
    pulses: () => staying().map((leg) => leg.pulse()),
    views: () => current.map((leg) => leg.view()),
    setLocks(next) {
      locks = next;
      tuneLegs(current, locks);
    },
    async setSpeaker(deviceId) {
      speakerId = deviceId;
      await Promise.all(current.map((leg) => leg.setSpeaker(deviceId)));
    },
    startSound: async () => void (await Promise.all(current.map((leg) => leg.startSound()))),
    isSoundBlocked: () => current.some((leg) => leg.isSoundBlocked()),
    hangUp: () => closeAll(current),
    async close() {
      isClosed = true;
      await closeAll(current);
      current = [];
    },
  };
}

async function closeAll(legs: readonly Leg[]): Promise<void> {
  await Promise.allSettled(legs.map((leg) => leg.close()));
}
