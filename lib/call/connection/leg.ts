import { ConnectionState, type DisconnectReason, type Room } from "livekit-client";
import { oncePerMicrotask } from "#lib/live/once-per-microtask.ts";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { type SetSpeaker, createRemoteAudio } from "../media/remote-audio.ts";
import { createSubscriptions } from "../media/subscriptions.ts";
import type { LegPerson, LegTrack, LegView } from "../roster/leg-view.ts";
import { readParticipants } from "../roster/read-participants.ts";
import type { LegStats } from "./home-leg-policy.ts";
import { type LegHealthEvents, createLegHealth } from "./leg-health.ts";
import { keyOf } from "./leg-key.ts";
import { type LegPublisher, createLegPublisher } from "./leg-publisher.ts";
import { followRoom } from "./room-events.ts";
import { CONNECT_OPTIONS } from "./room-options.ts";

/** `changed`: participants, tracks, levels or the connection, once for many changes at a time. */
export type LegEvents = LegHealthEvents & {
  nudged: (nudge: Nudge) => void;
  /** Publishing here is permitted now and was not before. What the server had stopped can be sent again. */
  permitted: () => void;
  /** The SDK gave up, or the server disconnected it. It will not come back on its own. */
  lost: (reason: DisconnectReason | undefined) => void;
};

/** One LiveKit room of the meeting, as this browser is connected to it. */
export type Leg = LegPublisher & {
  leg: string;
  region: string;
  /** Equal for accesses to the same connection. */
  key: string;
  connect: () => Promise<void>;
  /** Packets arrive and the server answers. */
  isWell: () => boolean;
  /** The SDK is connected or trying. Otherwise waiting is useless. */
  isTrying: () => boolean;
  isSoundBlocked: () => boolean;
  roundTripMs: () => number | undefined;
  stats: () => LegStats;
  /** Samples the transport more often for a while. */
  sampleFast: () => void;
  view: () => LegView;
  /** Receives the tracks the filter lets through, and drops the rest. */
  applyFilter: (mayReceive: (identity: string, track: LegTrack) => boolean) => void;
  setSpeaker: SetSpeaker;
  startSound: () => Promise<void>;
  /** Keeps showing what it last knew, without further events: another leg is about to take its place. */
  retire: () => void;
  close: () => Promise<void>;
};

/** Wraps one LiveKit room. The token is used once and kept nowhere. */
export function createLeg(access: LegAccess, room: Room, events: LegEvents): Leg {
  const { url, token, leg, region } = access;
  const publisher = createLegPublisher(room);
  let isRetired = false;

  // The SDK removes participants before it reports that it reconnects. Wait for the end of the turn, or tiles would vanish.
  const changed = oncePerMicrotask(() => {
    if (!isRetired) events.changed();
  });
  const audio = createRemoteAudio(room, changed);
  const subscriptions = createSubscriptions(room, changed);
  const health = createLegHealth(room, { ...events, changed });
  const isCurrent = () => health.isLive() && !isRetired;
  const people = keepLastPeople(room, isCurrent);
  const withQuality = (person: LegPerson): LegPerson =>
    health.isCutOff(person.identity) ? { ...person, quality: "lost" } : person;
  const retire = () => {
    isRetired = true;
    health.stop();
  };
  followRoom(room, {
    changed,
    trafficMayStop: health.restartCount,
    nudged(nudge) {
      if (!isRetired) events.nudged(nudge);
    },
    permitted() {
      if (!isRetired) events.permitted();
    },
    disconnected(reason) {
      audio.stop();
      if (!isRetired) events.lost(reason);
    },
  });

  return {
    leg,
    region,
    key: keyOf(access),
    async connect() {
      try {
        await room.connect(url, token, CONNECT_OPTIONS);
      } finally {
        if (!isRetired) health.connectEnded();
        subscriptions.settle();
        changed();
      }
    },
    isWell: () => !isRetired && health.isWell(),
    isTrying: () => !isRetired && room.state !== ConnectionState.Disconnected,
    isSoundBlocked: () => health.isLive() && audio.isBlocked(),
    roundTripMs: health.roundTripMs,
    stats: () => ({ leg, ...health.stats() }),
    sampleFast: health.sampleFast,
    view: () => ({ leg, status: isRetired ? "held" : health.status(), people: people().map(withQuality) }),
    applyFilter(mayReceive) {
      if (!isCurrent()) return;
      subscriptions.applyFilter(mayReceive);
      audio.applyFilter(mayReceive);
    },
    ...publisher,
    setSpeaker: audio.setSpeaker,
    async startSound() {
      // With the screen locked, iPhones keep playing only beside an element that the SDK makes on a click.
      await Promise.all([audio.start(), room.startAudio().catch(() => {})]);
    },
    retire,
    async close() {
      retire();
      audio.stop();
      await room.disconnect(false);
    },
  };
}

/** The participants of the room, or those it showed last when it is no longer current. */
function keepLastPeople(room: Room, isCurrent: () => boolean): () => readonly LegPerson[] {
  let known: readonly LegPerson[] = [];
  return () => {
    if (isCurrent()) known = readParticipants(room);
    return known;
  };
}
