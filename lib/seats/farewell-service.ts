import "server-only";
import type { Notice } from "#lib/rooms/nudge-schema.ts";
import { nudge } from "./nudge-service.ts";
import type { Leg } from "./seat.ts";

/**
 * Tells participants why they are about to be disconnected, so that their screen can show the reason. It is a part of the
 * disconnection and must precede it on the same leg; for everyone else there is the event.
 */
export async function sayFarewell(
  legs: readonly Leg[],
  notice: Notice,
  identities: readonly string[] | "all",
): Promise<void> {
  // To LiveKit an empty list means everyone.
  if (identities.length === 0) return;
  await nudge(legs, { kind: "notice", notice }, identities === "all" ? [] : identities);
}
