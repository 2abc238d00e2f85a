import { unlocked } from "#lib/rooms/room.ts";
import type { Place } from "./seat.ts";

/** A meeting of which nobody was heard for this long is over, should LiveKit's word of it have been lost, in milliseconds. */
export const SILENT_SESSION_MS = 10 * 60_000;
/** Hosts may be away for this long before somebody else takes over, in milliseconds. */
export const HOST_GRACE_MS = 60_000;

/** Whether there is a meeting to come back to. */
export function isSessionAlive({ session, insideCount }: Place, nowMs: number): boolean {
  if (!session) return false;
  return insideCount > 0 || nowMs - session.lastSeenAtMs < SILENT_SESSION_MS;
}

/** The place without the rights of a meeting that is over: what one was there counts no more. */
export function withoutDeadSession(place: Place, nowMs: number): Place {
  if (isSessionAlive(place, nowMs)) return place;
  const role = place.personKey === (place.room.ownerId as string) ? "host" : "participant";
  const room = unlocked(place.room);
  return { ...place, room, legs: [], seats: [], role, isExpelled: false, session: undefined };
}

/**
 * Whether the host may have been gone for so long that somebody else must take over; `settleSuccession` then looks closely.
 *
 * Co-hosts count as hosts who are present. So the clock that a host's departure started goes first, and a co-host always asks:
 * should LiveKit's word of the departure have been lost, nobody else would.
 */
export function needsHost({ session, isHostPresent, role }: Place, nowMs: number): boolean {
  if (!session) return false;
  if (session.hostGoneSinceMs !== undefined) return nowMs - session.hostGoneSinceMs > HOST_GRACE_MS;
  return role === "cohost" || (!isHostPresent && nowMs - session.hostSeenAtMs > HOST_GRACE_MS);
}
