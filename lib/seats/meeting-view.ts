import "server-only";
import { type RoomSettings } from "#lib/rooms/room-schema.ts";
import { type Room, isModerator } from "#lib/rooms/room.ts";
import { personTag } from "./person-tag.ts";
import type { MeetingView } from "./seat-schema.ts";
import type { Place, Seat, Session } from "./seat.ts";

/** What the holder of a seat sees of the meeting's state. Only hosts are told how many wait. */
export function viewMeeting(place: Place, session: Session, seat: Seat, nowMs: number): MeetingView {
  return {
    nowMs,
    me: {
      identity: seat.identity,
      person: personTag(session.sessionId, seat.personKey),
      name: seat.name,
      role: place.role,
      ...(seat.handRaisedAtMs > 0 ? { handRaisedAtMs: seat.handRaisedAtMs } : {}),
    },
    room: settingsOf(place.room),
    ...(isModerator(place.role) ? { waitingCount: place.waitingCount } : {}),
    chatSeq: session.chatSeq,
  };
}

/** What people inside know of the room. */
export function settingsOf({ code, title, access, isLocked, locks, maxParticipants, expiresAtMs }: Room): RoomSettings {
  return { code, title, access, isLocked, locks, maxParticipants, expiresAtMs };
}
