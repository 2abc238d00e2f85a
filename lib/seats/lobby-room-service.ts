import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import { lobbyEnv } from "#lib/shared-env.ts";
import type { LobbyRoom } from "./lobby-room.ts";
import { send } from "./nudge-service.ts";

/** Connections of guests who no longer wait and have not disconnected yet. */
const SPARE = 50;

/** Creates the room in which guests wait; an existing one is kept. @throws AppError `media_unavailable` */
export async function makeLobbyRoom({ site, room }: LobbyRoom): Promise<void> {
  // Guests, as many signed-in users, and those who lost their spot and have not been notified yet.
  await media(site).createRoom(room, 2 * lobbyEnv().MAX_WAITING + SPARE);
}

/**
 * Nudges all waiting guests, or the listed ones. Never throws: they poll as well.
 *
 * LiveKit closes a room that no one is connected to. Sending into a closed one blocks for seconds, at the cost of the user who
 * decides or joins. So the room is created first, which takes milliseconds.
 */
export async function nudgeLobby(
  lobby: LobbyRoom | undefined,
  message: Nudge,
  identities: readonly string[] = [],
): Promise<void> {
  if (!lobby) return;
  try {
    await makeLobbyRoom(lobby);
  } catch (error) {
    log("warn", "nudge.no-lobby", { site: lobby.site, error: describeError(error) });
    return;
  }
  await send(lobby.site, lobby.room, message, identities);
}
