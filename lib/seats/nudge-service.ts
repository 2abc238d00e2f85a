import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { newestRevision } from "#lib/revisions.ts";
import { type Nudge, SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";
import { makeLobbyRoom } from "./lobby-room-service.ts";
import type { LobbyRoom } from "./lobby-room.ts";
import type { Leg } from "./seat.ts";

/**
 * Notifies browsers in a LiveKit room that something changed. Never throws: the change is in Redis already, and browsers that miss a
 * nudge ask within seconds.
 *
 * @param identities - The recipients; all participants when empty.
 */
export async function nudge(legs: readonly Leg[], message: Nudge, identities: readonly string[] = []): Promise<void> {
  const live = legs.filter(({ state }) => state === "live");
  await Promise.all(live.map((leg) => send(leg.site, leg.room, message, identities)));
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

async function send(site: string, room: string, message: Nudge, identities: readonly string[] = []): Promise<void> {
  try {
    const sent: Nudge = { ...message, revision: newestRevision() };
    await media(site).sendData(room, SYSTEM_TOPIC, JSON.stringify(sent), identities);
  } catch (error) {
    log("warn", "nudge.lost", { kind: message.kind, error: describeError(error) });
  }
}
