import "server-only";
import type { Inside } from "#lib/seats/seat-guards.ts";
import { enforcement } from "./enforcement-service.ts";
import { storeHand } from "./hand-repository.ts";

/**
 * Raises or lowers the user's own hand. Other participants see it through the seat's LiveKit attribute.
 *
 * @returns when it was raised; undefined when it is down.
 * @throws AppError `not_inside`, `unavailable`
 */
export async function setHand({ place, seat }: Inside, isRaised: boolean, nowMs: number): Promise<number | undefined> {
  const raisedAtMs = await storeHand(place.room.code, seat.identity, isRaised, nowMs);
  await enforcement.showHands(place.legs, [seat], raisedAtMs > 0 ? String(raisedAtMs) : "");
  return raisedAtMs > 0 ? raisedAtMs : undefined;
}
