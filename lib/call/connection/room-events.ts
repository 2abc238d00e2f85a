import { type DisconnectReason, type Room, RoomEvent } from "livekit-client";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { readNudge } from "./read-nudge.ts";

export type RoomEvents = {
  /** People, tracks, levels or the connection. */
  changed: () => void;
  /** Somebody's tracks may rightly stop now. */
  quieted: () => void;
  nudged: (nudge: Nudge) => void;
  /** I may publish here, and could not before. */
  permitted: () => void;
  disconnected: (reason: DisconnectReason | undefined) => void;
};

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

/** Puts a LiveKit room's many events into the few that a leg tells apart. */
export function hearRoom(room: Room, hears: RoomEvents): void {
  for (const event of CHANGING) room.on(event, hears.changed);
  for (const event of QUIETING) room.on(event, hears.quieted);
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    // What the server says comes from no participant.
    const nudge = participant ? undefined : readNudge(payload, topic, sender);
    if (nudge) hears.nudged(nudge);
  });
  room.on(RoomEvent.ParticipantPermissionsChanged, (before, participant) => {
    const isGiven = before?.canPublish === false && participant.permissions?.canPublish === true;
    if (participant.isLocal && isGiven) hears.permitted();
  });
  room.on(RoomEvent.Disconnected, hears.disconnected);
}
