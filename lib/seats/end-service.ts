import "server-only";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { Room } from "#lib/rooms/room.ts";
import { type Ended, storeDeletion, storeEnd, storeForget } from "./end-repository.ts";
import { nudgeLobby } from "./lobby-room-service.ts";
import { type LobbyRoom, lobbyRoomOf } from "./lobby-room.ts";
import { send } from "./nudge-service.ts";
import { isOverTime } from "./length-limit.ts";
import type { Leg, Place } from "./seat.ts";

/**
 * Ends the meeting for all: seats, requests, roles, chat and locks are gone, the link says "ended" until its owner starts it again.
 * Ending it twice is ending it once.
 *
 * @param by - Display name of who ended it; empty for the site itself.
 * @param only - Nothing is ended when another session runs.
 * @throws AppError `unavailable`
 */
export async function endSession(code: RoomCode, by: string, nowMs: number, only?: SessionId): Promise<void> {
  await close(await storeEnd(code, nowMs, only), by);
}

/**
 * Forgets a session in which no seat counts any more; the link stays as good as before, and so do those who wait.
 *
 * @returns false, and changes nothing, when it is not the current session or a seat in it still counts.
 * @throws AppError `unavailable`
 */
export async function forgetSession(code: RoomCode, sessionId: SessionId, nowMs: number): Promise<boolean> {
  return storeForget(code, sessionId, nowMs);
}

/** Ends a meeting that has lasted as long as it may. @returns whether it had. @throws AppError `unavailable` */
export async function endIfOverTime(
  { room, session }: Pick<Place, "room" | "session">,
  nowMs: number,
): Promise<boolean> {
  if (!session || !isOverTime(session, nowMs)) return false;
  log("info", "session.over-time", { session: session.sessionId });
  await endSession(room.code, "", nowMs, session.sessionId);
  return true;
}

/** Deletes the room, its meeting, and everything known of it. @throws AppError `unavailable` */
export async function deleteRoom(room: Pick<Room, "code" | "ownerId" | "ownerName">): Promise<{ deleted: true }> {
  await close(await storeDeletion(room), room.ownerName);
  return { deleted: true };
}

/** Closes the LiveKit rooms of a session that is gone. Never throws: in Redis it is over already, and no seat is left. */
export async function closeMediaRooms(legs: readonly Leg[]): Promise<void> {
  // The server of a closed leg may be dead, and no one publishes there.
  const living = legs.filter(({ state }) => state === "live");
  await Promise.all(living.map(({ site, room }) => deleteMediaRoom(site, room)));
}

/** Tells everyone and closes LiveKit's rooms. Never throws, as before. */
async function close({ sessionId, legs }: Ended, by: string): Promise<void> {
  const lobby = lobbyRoomOf(sessionId, legs);
  const meeting = legs.map(async ({ site, room, state }) => {
    // No one receives anything on a closed leg, whose server may be dead.
    if (state === "live") await send(site, room, { kind: "notice", notice: { type: "ended", by } });
    await deleteMediaRoom(site, room);
  });
  const waiting = lobby ? tellLobby(lobby) : undefined;
  await Promise.all([...meeting, waiting]);
}

async function tellLobby(lobby: LobbyRoom): Promise<void> {
  await nudgeLobby(lobby, { kind: "verdict" });
  await deleteMediaRoom(lobby.site, lobby.room);
}

async function deleteMediaRoom(site: string, room: string): Promise<void> {
  try {
    await media(site).deleteRoom(room);
  } catch (error) {
    log("warn", "session.media-room-stays", { site, error: describeError(error) });
  }
}
