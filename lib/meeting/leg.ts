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
import { readPeople } from "./leg-people.ts";
import type { LegPerson, LegTrack, LegView } from "./leg-view.ts";
import { readNudge } from "./nudges.ts";
import { CONNECT_OPTIONS } from "./room-options.ts";
import { createSound } from "./sound.ts";
import { type TransportWatch, watchTransport } from "./transport-pulse.ts";

export type LegEvents = {
  /** People, tracks, levels or the connection changed; told once for many changes at a time. */
  changed: () => void;
  nudged: (nudge: Nudge) => void;
  /** The SDK gave up or was sent away; it will not come back by itself. */
  lost: (reason: DisconnectReason | undefined) => void;
};

/** One LiveKit room of the meeting, seen from this browser. */
export type Leg = {
  leg: string;
  region: string;
  isHome: boolean;
  connect: () => Promise<void>;
  /** Packets flow and the server answers. */
  isWell: () => boolean;
  /** The SDK is connected or at it; otherwise nothing will come of waiting. */
  isTrying: () => boolean;
  isSoundBlocked: () => boolean;
  roundTripMs: () => number | undefined;
  view: () => LegView;
  tune: (mayReach: (identity: string, track: LegTrack) => boolean) => void;
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
export function createLeg({ url, token, ...access }: LegAccess, room: Room, hears: LegEvents): Leg {
  const sound = createSound(room);
  const mutes = watchMutes(room);
  let remembered: readonly LegPerson[] = [];
  let isRetired = false;
  let isSilent = false;
  let signalLostAtMs: number | undefined;
  let watch: TransportWatch | undefined;
  let isTelling = false;

  const isLive = () => room.state === ConnectionState.Connected || room.state === ConnectionState.SignalReconnecting;
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

  for (const event of CHANGING) room.on(event, tell);
  for (const event of QUIETING) room.on(event, () => watch?.recount());
  room.on(RoomEvent.SignalReconnecting, () => {
    signalLostAtMs = performance.now();
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
    leg: access.leg,
    region: access.region,
    isHome: access.home,
    async connect() {
      await room.connect(url, token, CONNECT_OPTIONS);
      if (isRetired) return;
      watch = watchTransport(room, (silent) => {
        isSilent = silent;
        tell();
      });
      tell();
    },
    isWell() {
      if (isSilent || isRetired) return false;
      if (room.state !== ConnectionState.SignalReconnecting) return room.state === ConnectionState.Connected;
      return performance.now() - (signalLostAtMs ?? 0) < SIGNAL_GRACE_MS;
    },
    isTrying: () => !isRetired && room.state !== ConnectionState.Disconnected,
    isSoundBlocked: () => isLive() && !room.canPlaybackAudio,
    roundTripMs: () => (isLive() && room.engine.client.rtt > 0 ? Math.round(room.engine.client.rtt) : undefined),
    view() {
      if (isLive() && !isRetired) remembered = readPeople(room);
      return { leg: access.leg, isLive: isLive() && !isRetired, people: remembered };
    },
    tune: (mayReach) => isLive() && !isRetired && sound.tune(mayReach),
    async publish(track, options) {
      if (isPublished(room, track)) return;
      const publication = await room.localParticipant.publishTrack(track, options);
      if (mutes.has(publication.trackSid)) await publication.mute();
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
