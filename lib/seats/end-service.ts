import "server-only";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { Room } from "#lib/rooms/room.ts";
import { type Ended, storeDeletion, storeEnd, storeForget } from "./end-repository.ts";
import { emit } from "./event-service.ts";
import { sayFarewell } from "./farewell-service.ts";
import { lobbyRoomOf } from "./lobby-room.ts";
import { isOverTime } from "./length-limit.ts";
import type { EventContext } from "./room-event.ts";
import type { Leg, Place } from "./seat.ts";

/**
 * Ends the meeting for everyone: deletes seats, requests, roles, chat and locks. The link shows "ended" until the owner starts the
 * meeting again. Repeating it changes nothing.
 *
 * @param by - Display name of the host who ended it; empty for the system.
 * @param only - Does nothing when another session runs.
 * @throws AppError `unavailable`
 */
export async function endSession(code: RoomCode, by: string, nowMs: number, only?: SessionId): Promise<void> {
  await close(code, await storeEnd(code, nowMs, only), by);
}

/**
 * Forgets a session in which no seat counts any more. The link stays valid, and waiting guests keep waiting.
 *
 * @returns false, and changes nothing, when it is not the current session or a seat in it still counts.
 * @throws AppError `unavailable`
 */
export async function forgetSession(code: RoomCode, sessionId: SessionId, nowMs: number): Promise<boolean> {
  return storeForget(code, sessionId, nowMs);
}

/** Ends a meeting that has reached its length limit. @returns whether it had. @throws AppError `unavailable` */
export async function endIfOverTime(
  { room, session }: Pick<Place, "room" | "session">,
  nowMs: number,
): Promise<boolean> {
  if (!session || !isOverTime(session, nowMs)) return false;
  log("info", "session.over-time", { session: session.sessionId });
  await endSession(room.code, "", nowMs, session.sessionId);
  return true;
}

/** Deletes the room, its meeting, and all its data. @throws AppError `unavailable` */
export async function deleteRoom(room: Pick<Room, "code" | "ownerId" | "ownerName">): Promise<{ deleted: true }> {
  await close(room.code, await storeDeletion(room), room.ownerName);
  return { deleted: true };
}

/** Closes the LiveKit rooms of a session that ended. Never throws: in Redis it is over, and no seat is left. */
export async function closeMediaRooms(legs: readonly Leg[]): Promise<void> {
  // A closed leg has no publishers, and its server may be dead.
  const living = legs.filter(({ state }) => state === "live");
  await Promise.all(living.map(({ site, room }) => deleteMediaRoom(site, room)));
}

/** Notifies everyone and closes LiveKit's rooms. Never throws, as above. */
async function close(code: RoomCode, { sessionId, legs }: Ended, by: string): Promise<void> {
  const meeting = legs.map(async (leg) => {
    await sayFarewell([leg], { type: "ended", by }, "all");
    await deleteMediaRoom(leg.site, leg.room);
  });
  const waiting = sessionId ? endLobby({ code, sessionId, legs }, by) : undefined;
  await Promise.all([...meeting, waiting]);
}

async function endLobby(context: EventContext, by: string): Promise<void> {
  await emit(context, { type: "meeting.ended", by });
  const lobby = lobbyRoomOf(context.sessionId, context.legs);
  if (lobby) await deleteMediaRoom(lobby.site, lobby.room);
}

async function deleteMediaRoom(site: string, room: string): Promise<void> {
  try {
    await media(site).deleteRoom(room);
  } catch (error) {
    log("warn", "session.media-room-stays", { site, error: describeError(error) });
  }
}
