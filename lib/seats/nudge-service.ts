import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { newestRevision } from "#lib/revisions.ts";
import { type Nudge, SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";
import type { Leg } from "./seat.ts";

/**
 * Tells browsers in a LiveKit room that something changed. Never throws: what changed is in Redis already, and whoever
 * misses this asks again within seconds.
 *
 * @param identities - Whom to tell; everybody when empty.
 */
export async function nudge(legs: readonly Leg[], message: Nudge, identities: readonly string[] = []): Promise<void> {
  const live = legs.filter(({ state }) => state === "live");
  await Promise.all(live.map((leg) => send(leg.site, leg.room, message, identities)));
}

/** Tells those who host, as the script that stored the change named them. */
export async function nudgeThose(legs: readonly Leg[], message: Nudge, identities: readonly string[]): Promise<void> {
  // Nobody named would mean everybody.
  if (identities.length > 0) await nudge(legs, message, identities);
}

/** Tells one LiveKit room, e.g. the lobby. */
export async function send(
  site: string,
  room: string,
  message: Nudge,
  identities: readonly string[] = [],
): Promise<void> {
  try {
    const sent: Nudge = { ...message, revision: newestRevision() };
    await media(site).sendData(room, SYSTEM_TOPIC, JSON.stringify(sent), identities);
  } catch (error) {
    log("warn", "nudge.lost", { kind: message.kind, error: describeError(error) });
  }
}
