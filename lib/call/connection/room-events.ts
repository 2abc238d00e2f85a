import { type DisconnectReason, type Room, RoomEvent } from "livekit-client";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { readNudge } from "./nudges.ts";

export type RoomEvents = {
  /** Participants, tracks, levels or the connection. */
  changed: () => void;
  /** A participant's tracks may now stop for a good reason. */
  trafficMayStop: () => void;
  nudged: (nudge: Nudge) => void;
  /** Publishing here is permitted now and was not before. */
  permitted: () => void;
  disconnected: (reason: DisconnectReason | undefined) => void;
};

const TRAFFIC_MAY_STOP = [
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.LocalTrackUnpublished,
] as const;
const CHANGED = [
  ...TRAFFIC_MAY_STOP,
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

/** Reduces a LiveKit room's many events to the few that a leg distinguishes. */
export function followRoom(room: Room, events: RoomEvents): void {
  for (const event of CHANGED) room.on(event, events.changed);
  for (const event of TRAFFIC_MAY_STOP) room.on(event, events.trafficMayStop);
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    // Packets of the server's come from no participant.
    const nudge = participant ? undefined : readNudge(payload, topic, sender);
    if (nudge) events.nudged(nudge);
  });
  room.on(RoomEvent.ParticipantPermissionsChanged, (before, participant) => {
    const isGiven = before?.canPublish === false && participant.permissions?.canPublish === true;
    if (participant.isLocal && isGiven) events.permitted();
  });
  room.on(RoomEvent.Disconnected, events.disconnected);
}
