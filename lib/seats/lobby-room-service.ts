import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { lobbyEnv } from "#lib/shared-env.ts";
import type { LobbyRoom } from "./lobby-room.ts";

/** Connections of guests who no longer wait and have not disconnected yet. */
const SPARE = 50;

/** Creates the room in which guests wait; an existing one is kept. @throws AppError `media_unavailable` */
export async function makeLobbyRoom({ site, room }: LobbyRoom): Promise<void> {
  // Guests, as many signed-in users, and those who lost their spot and have not been notified yet.
  await media(site).createRoom(room, 2 * lobbyEnv().MAX_WAITING + SPARE);
}
