import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import type { Deps } from "./deps.ts";
import type { LegPulse } from "./home-decision.ts";
import { type LegChanges, type LegChangesEvents, createLegChanges } from "./leg-changes.ts";
import { type LegOpenerEvents, createLegOpener } from "./leg-opener.ts";
import { type LegSet, closeAll, createLegSet } from "./leg-set.ts";
import type { LegView } from "./leg-view.ts";
import { tuneLegs } from "./tune-legs.ts";

export type LegsEvents = LegOpenerEvents & LegChangesEvents;

/** The meeting's connections, whatever their number. */
export type Legs = LegChanges &
  Pick<LegSet, "home" | "names"> & {
    moveHome: (leg: string) => void;
    pulses: () => LegPulse[];
    views: () => LegView[];
    setLocks: (locks: SourceLocks) => void;
    setSpeaker: (deviceId: string) => Promise<void>;
    startSound: () => Promise<void>;
    isSoundBlocked: () => boolean;
    /** Leaves the servers at once, so that others see no ghost of a page that is gone; `replace` comes back. */
    hangUp: () => Promise<void>;
  };

export function createLegs({ createRoom }: Pick<Deps, "createRoom">, hears: LegsEvents): Legs {
  const legs = createLegSet();
  let locks = NO_LOCKS;
  let speakerId: string | undefined;

  const tune = () => tuneLegs(legs.all(), locks);
  const changed = () => {
    tune();
    hears.changed();
  };
  const make = createLegOpener(createRoom, legs, { ...hears, changed });
  const changes = createLegChanges(
    legs,
    (access) => {
      const leg = make(access);
      if (speakerId !== undefined) leg.setSpeaker(speakerId).catch(() => {});
      return leg;
    },
    { changed, homeNamed: hears.homeNamed },
  );

  return {
    ...changes,
    home: legs.home,
    names: legs.names,
    moveHome(leg) {
      if (legs.moveHome(leg)) changed();
    },
    pulses: () => legs.staying().map((leg) => leg.pulse()),
    views: () => legs.all().map((leg) => leg.view()),
    setLocks(next) {
      locks = next;
      tune();
    },
    async setSpeaker(deviceId) {
      speakerId = deviceId;
      await Promise.all(legs.all().map((leg) => leg.setSpeaker(deviceId)));
    },
    startSound: async () => void (await Promise.all(legs.all().map((leg) => leg.startSound()))),
    isSoundBlocked: () => legs.all().some((leg) => leg.isSoundBlocked()),
    hangUp: () => closeAll(legs.all()),
  };
}
