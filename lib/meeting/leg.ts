import {
  ConnectionState,
  type DisconnectReason,
  type LocalTrack,
  type Room,
  RoomEvent,
  type TrackPublishOptions,
} from "livekit-client";
import type { LegAccess } from "#lib/regions/leg-schema.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import type { LegPulse } from "./home-decision.ts";
import { keyOf } from "./leg-key.ts";
import { createLegHealth } from "./leg-health.ts";
import { mayPublish } from "./leg-link.ts";
import { readPeople } from "./leg-people.ts";
import type { LegPerson, LegTrack, LegView } from "./leg-view.ts";
import { readNudge } from "./nudges.ts";
import { CONNECT_OPTIONS } from "./room-options.ts";
import { createSound } from "./sound.ts";

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
export type Leg = {
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
  pulse: () => LegPulse;
  /** Looks at the transport more often for a while. */
  hurry: () => void;
  view: () => LegView;
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
  /** Waits for the server's leave, which may be on its way. */
  publish: (track: LocalTrack, options?: TrackPublishOptions) => Promise<void>;
  unpublish: (track: LocalTrack) => Promise<void>;
  setSpeaker: (deviceId: string) => Promise<void>;
  startSound: () => Promise<void>;
  /** Keeps showing what was last known, but says nothing any more: another leg is about to take its place. */
  retire: () => void;
  close: () => Promise<void>;
};

/** After these somebody's tracks may rightly stop. */
const QUIETING = [
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.LocalTrackUnpublished,
] as const;
const CHANGING = [
  ...QUIETING,
  RoomEvent.ConnectionStateChanged,
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.ParticipantAttributesChanged,
  RoomEvent.ParticipantPermissionsChanged,
  RoomEvent.TrackPublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.AudioPlaybackStatusChanged,
] as const;

/** Wraps one LiveKit room: its many events become one, and its token is used once and kept nowhere. */
export function createLeg(given: LegAccess, room: Room, hears: LegEvents): Leg {
  const { url, token, leg, region } = given;
  const sound = createSound(room);
  const mutes = watchMutes(room);
  let remembered: readonly LegPerson[] = [];
  let isRetired = false;
  let isTelling = false;

  const tell = () => {
    if (isTelling) return;
    isTelling = true;
    // The SDK unwinds its participants before it says that it reconnects: hear it out first, or tiles would vanish.
    queueMicrotask(() => {
      isTelling = false;
      if (!isRetired) hears.changed();
    });
  };
  const health = createLegHealth(room, tell, hears);
  const isShown = () => health.isLive() && !isRetired;
  const stop = () => {
    isRetired = true;
    health.stop();
  };

  for (const event of CHANGING) room.on(event, tell);
  for (const event of QUIETING) room.on(event, health.recount);
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    const nudge = participant ? undefined : readNudge(payload, topic, sender);
    if (nudge && !isRetired) hears.nudged(nudge);
  });
  room.on(RoomEvent.ParticipantPermissionsChanged, (before, participant) => {
    const isGiven = before?.canPublish === false && participant.permissions?.canPublish === true;
    if (participant.isLocal && isGiven && !isRetired) hears.permitted();
  });
  room.on(RoomEvent.Disconnected, (reason) => {
    sound.silence();
    if (!isRetired) hears.lost(reason);
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
        tell();
      }
    },
    isWell: () => !isRetired && health.isWell(),
    isTrying: () => !isRetired && room.state !== ConnectionState.Disconnected,
    isSoundBlocked: () => health.isLive() && !room.canPlaybackAudio,
    roundTripMs: health.roundTripMs,
    pulse: () => ({ leg, ...health.pulse() }),
    hurry: health.hurry,
    view() {
      if (isShown()) remembered = readPeople(room);
      // A retired leg is about to be replaced: what it knew is on its way to be old.
      return { leg, status: isRetired ? "held" : health.status(), people: remembered };
    },
    tune: (mayReach) => isShown() && sound.tune(mayReach),
    async publish(track, options) {
      await mayPublish(room);
      if (isPublished(room, track)) return;
      const { trackSid } = await room.localParticipant.publishTrack(track, options);
      if (mutes.has(trackSid)) await track.mute();
      // What I switched meanwhile the SDK told nobody: it knows a track to tell of only once publishing has ended.
      room.engine.updateMuteStatus(trackSid, track.isMuted);
    },
    async unpublish(track) {
      await room.localParticipant.unpublishTrack(track, false);
    },
    setSpeaker: async (deviceId) => void (await room.switchActiveDevice("audiooutput", deviceId)),
    startSound: () => room.startAudio(),
    retire: stop,
    async close() {
      stop();
      sound.silence();
      await room.disconnect(false);
    },
  };
}

/**
 * What the server wants muted among my tracks. The SDK drops its word for a track whose publishing has not ended here, and
 * later even tells the server that it is not muted: on a busy phone "mute all" would pass by whoever has just come.
 */
function watchMutes(room: Room): ReadonlySet<string> {
  const muted = new Set<string>();
  room.engine.on("remoteMute", (trackSid: string, isMuted: boolean) => {
    if (isMuted) muted.add(trackSid);
    else muted.delete(trackSid);
  });
  return muted;
}

function isPublished(room: Room, track: LocalTrack): boolean {
  return [...room.localParticipant.trackPublications.values()].some((publication) => publication.track === track);
}
