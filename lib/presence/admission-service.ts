import "server-only";
import { systemClock } from "#lib/clock.ts";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { findRoomOf, isHiddenService, isWaiting, readEntitled } from "./entitlement-repository.ts";
import { parseMediaRoom } from "./media-room.ts";

/** A session never changes its room, so each is read once. An entry takes 50 bytes. */
const rooms = new Map<SessionId, RoomCode>();
const MOST_ROOMS = 10_000;

/**
 * Whether this identity can connect to this LiveKit room now. A meeting requires a seat that was not removed and for which there is
 * room; the seat is held from here on. Only a service that its grant hides can be hidden. A lobby requires a ticket that waits or was just decided.
 *
 * @throws AppError `unavailable`
 */
export async function mayConnect(
  room: string,
  identity: string,
  isHidden: boolean,
  nowMs = systemClock(),
): Promise<boolean> {
  const parsed = parseMediaRoom(room);
  const code = parsed && (await roomOf(parsed.sessionId));
  if (!code) return false;
  if (parsed.kind === "lobby") return isWaiting(code, parsed.sessionId, identity);
  const entitled = (await readEntitled(code, parsed, [identity], nowMs)).get(identity);
  return entitled !== undefined && isHidden === isHiddenService(entitled);
}

/** @returns undefined for an unknown session. @throws AppError `unavailable` */
export async function roomOf(sessionId: SessionId): Promise<RoomCode | undefined> {
  const known = rooms.get(sessionId) ?? (await findRoomOf(sessionId));
  if (rooms.size >= MOST_ROOMS) rooms.clear();
  if (known) rooms.set(sessionId, known);
  return known;
}
