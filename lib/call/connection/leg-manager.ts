import type { DisconnectReason } from "livekit-client";
import { isIdentity } from "#lib/id-forms.ts";
import { oncePerMicrotask } from "#lib/live/once-per-microtask.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { type SourceLocks, NO_LOCKS } from "#lib/rooms/room.ts";
import type { Deps } from "../deps.ts";
import type { SetSpeaker } from "../media/remote-audio.ts";
import { type VisibleFeeds, createVisibleFeeds } from "../media/visible-feeds.ts";
import { type LegView, homeOf, isWanted, mayPlay } from "../roster/leg-view.ts";
import type { LegStats } from "./home-leg-policy.ts";
import {
  type LegChanges,
  type LegChangesEvents,
  type LegSet,
  closeAll,
  createLegChanges,
  createLegSet,
} from "./leg-set.ts";
import { type Leg, createLeg } from "./leg.ts";
import { createNudgeDedupe } from "./nudges.ts";

export type LegManagerEvents = LegChangesEvents & {
  /** A leg's transport was sampled. */
  sampled: () => void;
  nudged: (nudge: Nudge) => void;
  /** The media server now permits publishing on a leg. */
  permitted: (leg: string) => void;
  /** A leg is gone permanently. @param isHome - It was the one published on. */
  lost: (reason: DisconnectReason | undefined, isHome: boolean) => void;
};

/** The meeting's legs, as one: whatever their number, each event and each nudge is reported once. */
export type LegManager = LegChanges &
  Pick<LegSet, "home" | "names"> & {
    moveHome: (leg: string) => void;
    stats: () => LegStats[];
    views: () => LegView[];
    setLocks: (locks: SourceLocks) => void;
    /** Applies to legs opened later, too. */
    setSpeaker: SetSpeaker;
    /** A participant's picture has a place on the screen, until the returned function is called. */
    watch: (identity: string, source: "camera" | "screenShare") => () => void;
    startSound: () => Promise<void>;
    isSoundBlocked: () => boolean;
    /** Disconnects at once, so that others see no ghost of a closed page; `replace` connects again. */
    disconnect: () => Promise<void>;
  };

export function createLegManager({ createRoom }: Pick<Deps, "createRoom">, events: LegManagerEvents): LegManager {
  const legs = createLegSet();
  let locks = NO_LOCKS;
  let speaker: Parameters<SetSpeaker> = ["", () => {}];

  const visible = createVisibleFeeds(() => updateSoon());
  const updateAll = () => updateSubscriptions(legs.all(), locks, visible.has);
  // A tile that moves gives up its place and takes another in the same turn.
  const updateSoon = oncePerMicrotask(updateAll);
  const changed = () => {
    updateAll();
    events.changed();
  };
  const openLeg = createLegOpener(createRoom, legs, { ...events, changed });
  const changes = createLegChanges(
    legs,
    (access) => {
      const leg = openLeg(access);
      leg.setSpeaker(...speaker);
      return leg;
    },
    { changed, homeNamed: events.homeNamed },
  );

  return {
    ...changes,
    home: legs.home,
    names: legs.names,
    moveHome(leg) {
      if (legs.moveHome(leg)) changed();
    },
    stats: () => legs.staying().map((leg) => leg.stats()),
    views: () => legs.all().map((leg) => leg.view()),
    setLocks(next) {
      locks = next;
      updateAll();
    },
    setSpeaker(...next) {
      speaker = next;
      for (const leg of legs.all()) leg.setSpeaker(...next);
    },
    watch: visible.add,
    startSound: async () => void (await Promise.all(legs.all().map((leg) => leg.startSound()))),
    isSoundBlocked: () => legs.all().some((leg) => leg.isSoundBlocked()),
    disconnect: () => closeAll(legs.all()),
  };
}

/** Makes legs, and passes their events on. A leg that was dropped from the set in the meantime is ignored. */
function createLegOpener(
  createRoom: Deps["createRoom"],
  legs: LegSet,
  events: LegManagerEvents,
): (access: LegAccess) => Leg {
  const isFirstCopy = createNudgeDedupe();
  return (access) => {
    const leg: Leg = createLeg(access, createRoom(), {
      changed: events.changed,
      sampled: events.sampled,
      suspected: () => legs.all().forEach((one) => one.sampleFast()),
      nudged(nudge) {
        if (isFirstCopy(JSON.stringify(nudge), leg.leg, performance.now())) events.nudged(nudge);
      },
      permitted() {
        if (legs.all().includes(leg)) events.permitted(leg.leg);
      },
      lost(reason) {
        if (legs.all().includes(leg)) events.lost(reason, leg === legs.home());
        events.changed();
      },
    });
    return leg;
  };
}

/** Subscribes on each leg to what should be seen and heard from there, and drops the rest. */
function updateSubscriptions(legs: readonly Leg[], locks: SourceLocks, isVisible: VisibleFeeds["has"]): void {
  const views = legs.map((leg) => leg.view());
  legs.forEach((leg, index) => {
    leg.applyFilter((identity, track) => {
      const home = isIdentity(identity) ? homeOf(identity, views) : undefined;
      const here = views[index]?.people.find((person) => person.identity === identity);
      if (!home || !here || !isWanted(track, leg.leg, home, isVisible(identity, track.source))) return false;
      const { mayPublish, maySend } = here;
      const { seat, tracks } = home.person;
      return mayPlay(track, { role: seat.role, mayPublish, maySend, tracks }, locks);
    });
  });
}
