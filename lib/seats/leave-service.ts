import "server-only";
import { isModerator } from "#lib/rooms/room.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { closeMediaRooms } from "./end-service.ts";
import { nudgeLobby } from "./lobby-room-service.ts";
import { lobbyRoomOf } from "./lobby-room.ts";
import type { Inside } from "./seat-guards.ts";
import { freeSeat } from "./seat-repository.ts";
import type { Leg } from "./seat.ts";

/**
 * Frees the seat at once and disconnects the participant, so that no ghost stays. With the last one the session is forgotten in
 * the same step, and its LiveKit rooms are closed.
 *
 * @throws AppError `unavailable`
 */
export async function leaveMeeting({ place, seat }: Inside, nowMs: number): Promise<{ left: true }> {
  const isOver = await freeSeat(place.room.code, seat.identity, nowMs);
  const mayMatter = isModerator(place.role) && place.waitingCount > 0;
  await Promise.all([
    isOver ? closeMediaRooms(place.legs) : disconnect(place.legs, [seat.identity]),
    // Whether a host is here may have changed for those who wait.
    mayMatter ? nudgeLobby(lobbyRoomOf(place.session?.sessionId, place.legs), { kind: "lobby" }) : undefined,
  ]);
  return { left: true };
}

/** Takes identities out of every living leg. Never throws: their seats are gone already, and entry is checked again. */
export async function disconnect(legs: readonly Leg[], identities: readonly string[]): Promise<void> {
  const live = legs.filter(({ state }) => state === "live");
  const calls = live.flatMap(({ site, room }) => identities.map((identity) => removeFrom(site, room, identity)));
  await Promise.all(calls);
}

async function removeFrom(site: string, room: string, identity: string): Promise<void> {
  try {
    await media(site).removeParticipant(room, identity);
  } catch (error) {
    log("warn", "seats.not-disconnected", { site, error: describeError(error) });
  }
}
