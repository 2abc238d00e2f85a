import "server-only";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import type { RoomSettings } from "#lib/rooms/room-schema.ts";
import { type Room, isModerator } from "#lib/rooms/room.ts";
import { endIfOverTime } from "./end-service.ts";
import { minutesLeft } from "./length-limit.ts";
import { personTag } from "./person-tag-service.ts";
import type { Inside, Reporter } from "./seat-guards.ts";
import { reclaimSeat } from "./seat-repository.ts";
import type { MeetingView } from "./seat-schema.ts";
import { type Place, type Seat, type Session, isHeld } from "./seat.ts";

/**
 * The state of the meeting, for a participant whose seat was just renewed.
 *
 * @throws AppError `not_inside` when the seat was removed or given away: enter again.
 * @throws AppError `room_ended` when the meeting has reached its length limit; it then ends for everyone.
 * @throws AppError `unavailable`
 */
export async function answerPresence({ place, seat, role }: Reporter, nowMs: number): Promise<MeetingView> {
  if (await endIfOverTime(place, nowMs)) throw new AppError("room_ended");
  if (!role || !place.session) throw new AppError("not_inside");
  return viewMeeting({ ...place, role }, place.session, seat, nowMs);
}

/** The state of the meeting, for a participant. @throws AppError `not_inside` when the seat has lapsed: the next heartbeat reclaims it. */
export function readMeeting({ place, seat }: Inside, nowMs: number): MeetingView {
  if (!place.session || !isHeld(seat, nowMs)) throw new AppError("not_inside");
  return viewMeeting(place, place.session, seat, nowMs);
}

/**
 * Reclaims a lapsed seat before the participant gets tokens.
 *
 * @throws AppError `not_inside` when there is no room for it any more: enter again.
 * @throws AppError `unavailable`
 */
export async function keepSeat({ room }: Place, seat: Seat, nowMs: number): Promise<void> {
  if (isHeld(seat, nowMs)) return;
  if (!(await reclaimSeat(room.code, seat.identity, nowMs))) throw new AppError("not_inside");
}

/** What a seat holder sees of the meeting's state. Only moderators see how many users wait. */
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
    room: { ...settingsOf(place.room), ...(isModerator(place.role) && { minutesLeft: minutesLeft(session, nowMs) }) },
    ...(isModerator(place.role) ? { waitingCount: place.waitingCount } : {}),
    chatSeq: session.chatSeq,
    legs: place.legs.filter(({ state }) => state === "live").map(({ leg }) => leg),
    homeLeg: seat.homeLeg,
    nearerAfterMs: env().NEARER_REGION_SECONDS * 1000,
  };
}

function settingsOf({ code, title, access, isLocked, locks, maxParticipants, expiresAtMs }: Room): RoomSettings {
  return { code, title, access, isLocked, locks, maxParticipants, expiresAtMs };
}
