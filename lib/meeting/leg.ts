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
import { linkOf, mayPublish } from "./leg-link.ts";
import { readPeople } from "./leg-people.ts";
import type { LegPerson, LegTrack, LegView } from "./leg-view.ts";
import { readNudge } from "./nudges.ts";
import { CONNECT_OPTIONS } from "./room-options.ts";
import { createSound } from "./sound.ts";
import { type TransportWatch, watchTransport } from "./transport-pulse.ts";

export type LegEvents = {
  /** People, tracks, levels or the connection changed; told once for many changes at a time. */
  changed: () => void;
  /** Its transport was looked at. */
  looked: () => void;
  nudged: (nudge: Nudge) => void;
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

/** While only the signalling is away the media may well flow on; this long in ms it is not worth a banner. */
const SIGNAL_GRACE_MS = 1_500;
/** What a lost leg showed stays this long, in ms, where other legs live: by then people have moved. */
const HOLD_MS = 5_000;

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
  let remembered: readonly LegPerson[] = [];
  let isRetired = false;
  let wasTried = false;
  let silentAtMs: number | undefined;
  let lostAtMs: number | undefined;
  let watch: TransportWatch | undefined;
  let isTelling = false;

  const isLive = () => room.state === ConnectionState.Connected || room.state === ConnectionState.SignalReconnecting;
  const isUp = () => isLive() && silentAtMs === undefined && !isRetired;
  const isHeld = () => performance.now() - Math.min(lostAtMs ?? Infinity, silentAtMs ?? Infinity) < HOLD_MS;
  const roundTripMs = () => (isLive() && room.engine.client.rtt > 0 ? Math.round(room.engine.client.rtt) : undefined);
  const tell = () => {
    if (isTelling) return;
    isTelling = true;
    // The SDK unwinds its participants before it says that it reconnects: hear it out first, or tiles would vanish.
    queueMicrotask(() => {
      isTelling = false;
      if (!isRetired) hears.changed();
    });
  };
  const stop = () => {
    isRetired = true;
    watch?.stop();
  };
  const lose = () => {
    lostAtMs ??= performance.now();
    setTimeout(tell, HOLD_MS + 10);
  };
  const look = () => {
    const isSilent = watch?.isSilent() ?? false;
    if (isSilent !== (silentAtMs !== undefined)) {
      silentAtMs = isSilent ? performance.now() : undefined;
      tell();
      setTimeout(tell, HOLD_MS + 10);
    }
    hears.looked();
  };

  for (const event of CHANGING) room.on(event, tell);
  for (const event of QUIETING) room.on(event, () => watch?.recount());
  room.on(RoomEvent.ConnectionStateChanged, (state) => {
    if (state === ConnectionState.Connected) lostAtMs = undefined;
    else if (state !== ConnectionState.Connecting) lose();
  });
  room.on(RoomEvent.SignalReconnecting, () => {
    watch?.hurry();
    setTimeout(tell, SIGNAL_GRACE_MS + 10);
  });
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    const nudge = participant ? undefined : readNudge(payload, topic, sender);
    if (nudge && !isRetired) hears.nudged(nudge);
  });
  room.on(RoomEvent.Disconnected, (reason) => {
    watch?.stop();
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
        wasTried = true;
      }
      if (isRetired) return;
      watch = watchTransport(room, look);
      tell();
    },
    isWell() {
      if (!isUp()) return false;
      return room.state === ConnectionState.Connected || performance.now() - (lostAtMs ?? 0) < SIGNAL_GRACE_MS;
    },
    isTrying: () => !isRetired && room.state !== ConnectionState.Disconnected,
    isSoundBlocked: () => isLive() && !room.canPlaybackAudio,
    roundTripMs,
    pulse: () => ({
      leg,
      link: linkOf(room.state, wasTried),
      lostAtMs,
      heardAtMs: watch?.heardAtMs() ?? 0,
      quietMs: watch?.quietMs() ?? 0,
      deafMs: watch?.deafMs() ?? 0,
      roundTripMs: roundTripMs(),
    }),
    view() {
      if (isLive() && !isRetired) remembered = readPeople(room);
      return { leg, status: isUp() ? "live" : isHeld() ? "held" : "lost", people: remembered };
    },
    tune: (mayReach) => isLive() && !isRetired && sound.tune(mayReach),
    async publish(track, options) {
      await mayPublish(room);
      if (!isPublished(room, track)) await room.localParticipant.publishTrack(track, options);
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

function isPublished(room: Room, track: LocalTrack): boolean {
  return [...room.localParticipant.trackPublications.values()].some((publication) => publication.track === track);
}
