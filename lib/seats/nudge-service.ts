import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { newestRevision } from "#lib/revisions.ts";
import { type Nudge, SYSTEM_TOPIC } from "#lib/rooms/nudge-schema.ts";
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

/** Nudges the hosts that the storing script listed. */
export async function nudgeThose(legs: readonly Leg[], message: Nudge, identities: readonly string[]): Promise<void> {
  // An empty list would address all participants.
  if (identities.length > 0) await nudge(legs, message, identities);
}

/** Sends to one LiveKit room, e.g. the lobby. */
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
