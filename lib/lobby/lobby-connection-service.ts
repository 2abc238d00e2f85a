import "server-only";
import type { z } from "zod";
import { describeError, log } from "#lib/log.ts";
import { makeLobbyRoom } from "#lib/seats/lobby-room-service.ts";
import { lobbyRoomOf } from "#lib/seats/lobby-room.ts";
import type { Place } from "#lib/seats/seat.ts";
import { signLobby } from "#lib/tokens/token-service.ts";
import type { LobbyConnection } from "./lobby-schema.ts";
import type { Ticket } from "./ticket.ts";

/**
 * The lobby connection of a waiting guest, while a host is present to give a verdict.
 *
 * @returns undefined without a host, or when LiveKit does not answer: the guest then polls and misses nothing.
 */
export async function connectToLobby(
  { session, legs, isHostPresent }: Place,
  ticket: Ticket,
): Promise<z.input<typeof LobbyConnection> | undefined> {
  const lobby = isHostPresent ? lobbyRoomOf(session?.sessionId, legs) : undefined;
  if (!lobby) return undefined;
  try {
    await makeLobbyRoom(lobby);
    return await signLobby(lobby, ticket.lobbyIdentity);
  } catch (error) {
    log("warn", "lobby.no-push", { site: lobby.site, error: describeError(error) });
    return undefined;
  }
}
