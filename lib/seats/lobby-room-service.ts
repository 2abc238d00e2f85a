import "server-only";
import { env } from "#lib/env.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import type { Nudge } from "#lib/rooms/nudge-schema.ts";
import type { LobbyRoom } from "./lobby-room.ts";
import { send } from "./nudge-service.ts";

/** Connections of guests who no longer wait and have not left the room yet. */
const SPARE = 50;

/** Makes the room in which guests wait; one that exists stays as it is. @throws AppError `media_unavailable` */
export async function makeLobbyRoom({ site, room }: LobbyRoom): Promise<void> {
  // Guests, as many signed-in people, and those who lost their place and have not heard of it yet.
  await media(site).createRoom(room, 2 * env().MAX_WAITING + SPARE);
}

/**
 * Tells those who wait, all of them or those named. Never throws: they poll as well.
 *
 * LiveKit closes the room while nobody listens, and sending into a closed one blocks for seconds, at the cost of whoever
 * decides or enters. So it is made first, which takes milliseconds.
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
