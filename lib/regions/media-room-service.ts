import "server-only";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { newSessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { chooseSites } from "./choose-site.ts";
import { markBroken } from "./site-repository.ts";
import { isSessionAlive } from "#lib/seats/liveness.ts";
import { legRoomOf } from "#lib/seats/lobby-room.ts";
import type { Opening } from "#lib/seats/reservation-repository.ts";
import type { Place } from "#lib/seats/seat.ts";

const FIRST_LEG = "a";

/**
 * Makes sure that LiveKit has a room for whoever enters now.
 *
 * A running meeting with people in it is left alone: LiveKit has its room. One where nobody is inside gets it again, since
 * LiveKit closes empty rooms; where that fails, or nothing runs, a new meeting begins on the first site that answers.
 *
 * @returns the meeting to open; undefined when the one there is stays.
 * @throws AppError `media_unavailable` when no site answers.
 */
export async function ensureMediaRoom(
  place: Place,
  broken: ReadonlySet<string>,
  nowMs: number,
): Promise<Opening | undefined> {
  const live = place.legs.filter(({ state }) => state === "live");
  if (!isSessionAlive(place, nowMs) || live.length === 0) return openSomewhere(place, broken);
  if (place.insideCount > 0) return undefined;
  const made = await Promise.all(live.map(({ site, room }) => makeRoom(site, room, place.room.maxParticipants)));
  if (made.some(Boolean)) return undefined;
  return openSomewhere(place, new Set([...broken, ...live.map(({ site }) => site)]));
}

async function openSomewhere(place: Place, broken: ReadonlySet<string>): Promise<Opening> {
  const sessionId = newSessionId();
  const room = legRoomOf(sessionId, FIRST_LEG);
  for (const site of chooseSites(
    env().MEDIA_SITES.map(({ site: name }) => name),
    broken,
  )) {
    if (await makeRoom(site, room, place.room.maxParticipants)) return { sessionId, leg: FIRST_LEG, site, room };
  }
  throw new AppError("media_unavailable", { retryAfterSeconds: 2 });
}

/** @returns false when the site does not answer; it is then left alone for a while. */
async function makeRoom(site: string, room: string, maxParticipants: number): Promise<boolean> {
  try {
    await media(site).createRoom(room, maxParticipants);
    return true;
  } catch (error) {
    log("warn", "media.room-not-made", { site, error: describeError(error) });
    await markBroken(site);
    return false;
  }
}
