import "server-only";
import { AppError } from "#lib/errors.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { viewMeeting } from "./meeting-view.ts";
import type { Inside } from "./seat-guards.ts";
import { renewSeat } from "./seat-repository.ts";
import type { MeetingView } from "./seat-schema.ts";

/**
 * Says that somebody is still there, and tells them how the meeting stands.
 *
 * @throws AppError `not_inside` when the seat was removed or given away meanwhile: enter again.
 * @throws AppError `unavailable`
 */
export async function reportPresence({ place, seat }: Inside, nowMs: number): Promise<MeetingView> {
  const isRenewed = await renewSeat(place.room.code, seat.identity, isModerator(place.role), nowMs);
  if (!isRenewed || !place.session) throw new AppError("not_inside");
  return viewMeeting(place, place.session, seat, nowMs);
}
