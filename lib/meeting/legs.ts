import type { DisconnectReason } from "livekit-client";
import { Identity } from "#lib/ids.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import type { Deps } from "./deps.ts";
import { type Leg, createLeg } from "./leg.ts";
import { type LegView, homeOf, isWelcome } from "./leg-view.ts";

export type LegsEvents = {
  changed: () => void;
  nudged: (nudge: Nudge) => void;
  /** The leg I publish on is gone for good. */
  homeLost: (reason: DisconnectReason | undefined) => void;
};

/** The meeting's connections, whatever their number. */
export type Legs = {
  /**
   * Connects to these instead of those before. Until the new home leg is connected the old picture stays, so that
   * nobody's tile vanishes and comes back.
   *
   * @throws whatever the home leg's connecting failed with; the old legs are gone all the same.
   */
  replace: (accesses: readonly LegAccess[]) => Promise<void>;
  home: () => Leg | undefined;
  views: () => LegView[];
  setLocks: (locks: SourceLocks) => void;
  setSpeaker: (deviceId: string) => Promise<void>;
  startSound: () => Promise<void>;
  isSoundBlocked: () => boolean;
  /** Leaves the servers at once, so that others see no ghost of a page that is gone; `replace` comes back. */
  hangUp: () => Promise<void>;
  close: () => Promise<void>;
};

export function createLegs({ createRoom }: Pick<Deps, "createRoom">, hears: LegsEvents): Legs {
  let current: Leg[] = [];
  let locks = NO_LOCKS;
  let speakerId: string | undefined;
  let isClosed = false;

  const home = () => current.find(({ isHome }) => isHome) ?? current[0];
  const views = () => current.map((leg) => leg.view());
  const tuneAll = () => {
    const seen = views();
    for (const leg of current) {
      leg.tune((identity, track) => {
        const at = Identity.safeParse(identity).success ? homeOf(identity, seen) : undefined;
        if (at?.leg !== leg.leg) return false;
        return isWelcome(track, { role: at.person.seat.role, mayPublish: at.person.mayPublish }, locks);
      });
    }
  };
  const changed = () => {
    tuneAll();
    hears.changed();
  };
  const open = (access: LegAccess): Leg => {
    const leg = createLeg(access, createRoom(), {
      changed,
      nudged: hears.nudged,
      lost: (reason) => (leg.isHome ? hears.homeLost(reason) : changed()),
    });
    if (speakerId !== undefined) leg.setSpeaker(speakerId).catch(() => {});
    return leg;
  };

  return {
    async replace(accesses) {
      const before = current;
      // The server sends the old connections away as doubles of the new ones: that is no news.
      for (const leg of before) leg.retire();
      const fresh = accesses.map(open);
      const newHome = fresh.find(({ isHome }) => isHome) ?? fresh[0];
      try {
        await newHome?.connect();
      } catch (error) {
        // Rooms left alone would go on reconnecting behind our back, and two of me would throw each other out.
        await Promise.allSettled([...before, ...fresh].map((leg) => leg.close()));
        throw error;
      }
      await Promise.allSettled(before.map((leg) => leg.close()));
      if (isClosed) return void (await Promise.allSettled(fresh.map((leg) => leg.close())));
      current = fresh;
      changed();
      // People homed elsewhere follow; without those legs the meeting is smaller, not gone.
      for (const leg of fresh) if (leg !== newHome) leg.connect().catch(changed);
    },
    home,
    views,
    setLocks(next) {
      locks = next;
      tuneAll();
    },
    async setSpeaker(deviceId) {
      speakerId = deviceId;
      await Promise.all(current.map((leg) => leg.setSpeaker(deviceId)));
    },
    startSound: async () => void (await Promise.all(current.map((leg) => leg.startSound()))),
    isSoundBlocked: () => current.some((leg) => leg.isSoundBlocked()),
    async hangUp() {
      await Promise.allSettled(current.map((leg) => leg.close()));
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(current.map((leg) => leg.close()));
      current = [];
    },
  };
}
