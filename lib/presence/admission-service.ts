import "server-only";
import { systemClock } from "#lib/clock.ts";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { findRoomOf, isWaiting, readEntitled } from "./entitlement-repository.ts";
import { parseMediaRoom } from "./media-room.ts";

/** A session is of one room for good, so this is asked once. Small: an entry is 50 bytes. */
const rooms = new Map<SessionId, RoomCode>();
const MOST_ROOMS = 10_000;

/**
 * Whether this identity may connect to this LiveKit room now: with a seat in a meeting that was not removed and for which there is
 * room, which it holds from here on; with a request that waits or was just decided in a lobby.
 *
 * @throws AppError `unavailable`
 */
export async function mayConnect(room: string, identity: string, nowMs = systemClock()): Promise<boolean> {
  const parsed = parseMediaRoom(room);
  const code = parsed && (await roomOf(parsed.sessionId));
  if (!code) return false;
  if (parsed.kind === "lobby") return isWaiting(code, parsed.sessionId, identity);
  return (await readEntitled(code, parsed, [identity], nowMs)).has(identity);
}

/** @returns undefined for a session nobody knows. @throws AppError `unavailable` */
export async function roomOf(sessionId: SessionId): Promise<RoomCode | undefined> {
  const known = rooms.get(sessionId) ?? (await findRoomOf(sessionId));
  if (rooms.size >= MOST_ROOMS) rooms.clear();
  if (known) rooms.set(sessionId, known);
  return known;
}
