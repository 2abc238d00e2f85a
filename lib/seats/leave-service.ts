import "server-only";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { closeMediaRooms } from "./end-service.ts";
import { contextOf, emit } from "./event-service.ts";
import type { Inside } from "./seat-guards.ts";
import { freeSeat } from "./seat-repository.ts";
import type { Leg } from "./seat.ts";

/**
 * Frees the seat and disconnects the participant, so that no ghost stays. When it was the last seat, the same step forgets the
 * session, and its LiveKit rooms are closed.
 *
 * @throws AppError `unavailable`
 */
export async function leaveMeeting({ place, seat }: Inside, nowMs: number): Promise<{ left: true }> {
  const isOver = await freeSeat(place.room.code, seat.identity, nowMs);
  const { role, waitingCount, legs } = place;
  const { identity } = seat;
  await Promise.all([
    isOver ? closeMediaRooms(legs) : disconnect(legs, [identity]),
    isOver ? emit(contextOf(place), { type: "meeting.emptied" }) : undefined,
    emit(contextOf(place), { type: "participant.left", identity, role, waitingCount }),
  ]);
  return { left: true };
}

/** Disconnects identities from every live leg. Never throws: their seats are already gone, and every entry is checked. */
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
