import { ConnectionState, type DisconnectReason, type Room } from "livekit-client";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import type { LegStats } from "./home-leg-policy.ts";
import { createLegHealth } from "./leg-health.ts";
import { keyOf } from "./leg-key.ts";
import { readParticipants } from "../roster/read-participants.ts";
import { type LegPublisher, createLegPublisher } from "./leg-publisher.ts";
import type { LegPerson, LegTrack, LegView } from "../roster/leg-view.ts";
import { hearRoom } from "./room-events.ts";
import { oncePerMicrotask } from "#lib/live/once-per-microtask.ts";
import { CONNECT_OPTIONS } from "./room-options.ts";
import { type SetSpeaker, createRemoteAudio } from "../media/remote-audio.ts";
import { createSubscriptions } from "../media/subscriptions.ts";

export type LegEvents = {
  /** People, tracks, levels or the connection changed; told once for many changes at a time. */
  changed: () => void;
  /** Its transport was looked at. */
  looked: () => void;
  /** Its transport has just stopped, which is not like it. */
  uneasy: () => void;
  nudged: (nudge: Nudge) => void;
  /** I may publish here, and could not before: what the server had taken off the air goes on. */
  permitted: () => void;
  /** The SDK gave up or was sent away; it will not come back by itself. */
  lost: (reason: DisconnectReason | undefined) => void;
};

/** One LiveKit room of the meeting, seen from this browser. */
export type Leg = LegPublisher & {
  leg: string;
  region: string;
  /** Tells whether another access is for this very connection. */
  key: string;
  connect: () => Promise<void>;
  /** Packets flow and the server answers. */
  isWell: () => boolean;
  /** The SDK is connected or at it; otherwise nothing will come of waiting. */
  isTrying: () => boolean;
  isSoundBlocked: () => boolean;
  roundTripMs: () => number | undefined;
  pulse: () => LegStats;
  /** Looks at the transport more often for a while. */
  hurry: () => void;
  view: () => LegView;
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
  setSpeaker: SetSpeaker;
  startSound: () => Promise<void>;
  /** Keeps showing what was last known, but says nothing any more: another leg is about to take its place. */
  retire: () => void;
  close: () => Promise<void>;
};

/** Wraps one LiveKit room: its many events become one, and its token is used once and kept nowhere. */
export function createLeg(given: LegAccess, room: Room, hears: LegEvents): Leg {
  const { url, token, leg, region } = given;
  const publishing = createLegPublisher(room);
  let isRetired = false;

  // The SDK unwinds its participants before it says that it reconnects: it is to be heard out first, or tiles would vanish.
  const tell = oncePerMicrotask(() => {
    if (!isRetired) hears.changed();
  });
  const sound = createRemoteAudio(room, tell);
  const subscriptions = createSubscriptions(room, tell);
  const health = createLegHealth(room, tell, hears);
  const isShown = () => health.isLive() && !isRetired;
  const people = rememberPeople(room, isShown);
  const withQuality = (person: LegPerson): LegPerson =>
    health.isCutOff(person.identity) ? { ...person, quality: "lost" } : person;
  const retire = () => {
    isRetired = true;
    health.stop();
  };
  hearRoom(room, {
    changed: tell,
    quieted: health.recount,
    nudged(nudge) {
      if (!isRetired) hears.nudged(nudge);
    },
    permitted() {
      if (!isRetired) hears.permitted();
    },
    disconnected(reason) {
      sound.silence();
      if (!isRetired) hears.lost(reason);
    },
  });

  return {
    leg,
    region,
    key: keyOf(given),
    async connect() {
      try {
        await room.connect(url, token, CONNECT_OPTIONS);
      } finally {
        if (!isRetired) health.tried();
        subscriptions.settle();
        tell();
      }
    },
    isWell: () => !isRetired && health.isWell(),
    isTrying: () => !isRetired && room.state !== ConnectionState.Disconnected,
    isSoundBlocked: () => health.isLive() && sound.isBlocked(),
    roundTripMs: health.roundTripMs,
    pulse: () => ({ leg, ...health.pulse() }),
    hurry: health.hurry,
    // A retired leg is about to be replaced: what it knew is on its way to be old.
    view: () => ({ leg, status: isRetired ? "held" : health.status(), people: people().map(withQuality) }),
    tune(mayReach) {
      if (!isShown()) return;
      subscriptions.tune(mayReach);
      sound.tune(mayReach);
    },
    ...publishing,
    setSpeaker: sound.setSpeaker,
    async startSound() {
      // iPhones play on with the screen locked only beside an element that the SDK makes on a click.
      await Promise.all([sound.start(), room.startAudio().catch(() => {})]);
    },
    retire,
    async close() {
      retire();
      sound.silence();
      await room.disconnect(false);
    },
  };
}

/** Who is in the room, and once it is not shown any more who was. */
function rememberPeople(room: Room, isShown: () => boolean): () => readonly LegPerson[] {
  let known: readonly LegPerson[] = [];
  return () => {
    if (isShown()) known = readParticipants(room);
    return known;
  };
}
