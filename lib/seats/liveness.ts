import { unlocked } from "#lib/rooms/room.ts";
import type { Place } from "./seat.ts";

/** A meeting without any contact for this long is over, even if LiveKit's event was lost. In milliseconds. */
export const SILENT_SESSION_MS = 10 * 60_000;
/** A host can be away for this long before another participant takes over, in milliseconds. Covers a reload or a dead zone. */
export const HOST_GRACE_MS = 60_000;

/** Whether there is a running meeting to return to. */
export function isSessionAlive({ session, insideCount }: Place, nowMs: number): boolean {
  if (!session) return false;
  return insideCount > 0 || nowMs - session.lastSeenAtMs < SILENT_SESSION_MS;
}

/** Removes the rights of a meeting that is over, such as roles and seats. */
export function withoutDeadSession(place: Place, nowMs: number): Place {
  if (isSessionAlive(place, nowMs)) return place;
  const role = place.personKey === (place.room.ownerId as string) ? "host" : "participant";
  const room = unlocked(place.room);
  return { ...place, room, legs: [], seats: [], role, isExpelled: false, session: undefined };
}

/**
 * Whether the host may have been gone so long that another participant must take over; `settleSuccession` then checks precisely.
 *
 * Co-hosts count as present hosts. So the clock that a host's departure started takes precedence, and a co-host always asks: no one
 * else would, if LiveKit's event of the departure was lost.
 */
export function needsHost({ session, isHostPresent, role }: Place, nowMs: number): boolean {
  if (!session) return false;
  if (session.hostGoneSinceMs !== undefined) return nowMs - session.hostGoneSinceMs > HOST_GRACE_MS;
  return role === "cohost" || (!isHostPresent && nowMs - session.hostSeenAtMs > HOST_GRACE_MS);
}
