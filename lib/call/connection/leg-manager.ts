import { NO_LOCKS, type SourceLocks } from "#lib/rooms/room.ts";
import type { Deps } from "../deps.ts";
import type { LegStats } from "./home-leg-policy.ts";
import { type LegChanges, type LegChangesEvents, createLegChanges } from "./leg-changes.ts";
import { type LegOpenerEvents, createLegOpener } from "./leg-opener.ts";
import { type LegSet, closeAll, createLegSet } from "./leg-set.ts";
import type { LegView } from "../roster/leg-view.ts";
import { oncePerMicrotask } from "#lib/live/once-per-microtask.ts";
import type { SetSpeaker } from "../media/remote-audio.ts";
import { updateSubscriptions } from "./update-subscriptions.ts";
import { createVisibleFeeds } from "../media/visible-feeds.ts";

export type LegsEvents = LegOpenerEvents & LegChangesEvents;

/** The meeting's connections, whatever their number. */
export type Legs = LegChanges &
  Pick<LegSet, "home" | "names"> & {
    moveHome: (leg: string) => void;
    pulses: () => LegStats[];
    views: () => LegView[];
    setLocks: (locks: SourceLocks) => void;
    /** Also of legs that are opened later. */
    setSpeaker: SetSpeaker;
    /** A participant's picture has a place on the screen, until the returned function is called. */
    watch: (identity: string, source: "camera" | "screenShare") => () => void;
    startSound: () => Promise<void>;
    isSoundBlocked: () => boolean;
    /** Leaves the servers at once, so that others see no ghost of a page that is gone; `replace` comes back. */
    hangUp: () => Promise<void>;
  };

export function createLegs({ createRoom }: Pick<Deps, "createRoom">, hears: LegsEvents): Legs {
  const legs = createLegSet();
  let locks = NO_LOCKS;
  let speaker: Parameters<SetSpeaker> = ["", () => {}];

  const watched = createVisibleFeeds(() => tuneSoon());
  const tune = () => updateSubscriptions(legs.all(), locks, watched.has);
  // A tile that moves leaves its place and takes another in one turn.
  const tuneSoon = oncePerMicrotask(tune);
  const changed = () => {
    tune();
    hears.changed();
  };
  const make = createLegOpener(createRoom, legs, { ...hears, changed });
  const changes = createLegChanges(
    legs,
    (access) => {
      const leg = make(access);
      leg.setSpeaker(...speaker);
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
    setSpeaker(...next) {
      speaker = next;
      for (const leg of legs.all()) leg.setSpeaker(...next);
    },
    watch: watched.add,
    startSound: async () => void (await Promise.all(legs.all().map((leg) => leg.startSound()))),
    isSoundBlocked: () => legs.all().some((leg) => leg.isSoundBlocked()),
    hangUp: () => closeAll(legs.all()),
  };
}
