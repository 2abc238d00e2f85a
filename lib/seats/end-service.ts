import "server-only";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { Room } from "#lib/rooms/room.ts";
import { type Ended, storeDeletion, storeEnd, storeForget } from "./end-repository.ts";
import { nudgeLobby } from "./lobby-room-service.ts";
import { type LobbyRoom, lobbyRoomOf } from "./lobby-room.ts";
import { send } from "./nudge-service.ts";

/**
 * Ends the meeting for all: seats, roles, chat and locks are gone, those who wait are refused, the link says "ended" until
 * its owner starts anew. Ending it twice is ending it once.
 *
 * @param by - Display name of who ended it.
 * @throws AppError `unavailable`
 */
export async function endSession(code: RoomCode, by: string, nowMs: number): Promise<void> {
  await close(await storeEnd(code, nowMs), by);
}

/**
 * Forgets a session that everybody left; the link stays as good as before, and so do those who wait.
 *
 * @returns false, and changes nothing, when it is not the current session or somebody holds a seat.
 * @throws AppError `unavailable`
 */
export async function forgetSession(code: RoomCode, sessionId: SessionId, nowMs: number): Promise<boolean> {
  return storeForget(code, sessionId, nowMs);
}

/** Deletes the room, its meeting, and everything known of it. @throws AppError `unavailable` */
export async function deleteRoom(room: Pick<Room, "code" | "ownerId" | "ownerName">): Promise<{ deleted: true }> {
  await close(await storeDeletion(room), room.ownerName);
  return { deleted: true };
}

/** Tells everybody and closes LiveKit's rooms. Never throws: in Redis it is over already, and nobody has a seat. */
async function close({ sessionId, legs }: Ended, by: string): Promise<void> {
  const lobby = lobbyRoomOf(sessionId, legs);
  const meeting = legs.map(async ({ site, room, state }) => {
    // Nobody hears anything on a closed leg, whose server may be dead.
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
