import "server-only";
import { AppError } from "#lib/errors.ts";
import { newSessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { forgetSession } from "#lib/seats/end-service.ts";
import { isSessionAlive } from "#lib/seats/liveness.ts";
import { legRoomOf } from "#lib/seats/lobby-room.ts";
import type { Opening } from "#lib/seats/reservation-repository.ts";
import type { Leg, Place } from "#lib/seats/seat.ts";
import { nextLegName } from "./leg-name.ts";
import { storeClosed } from "./leg-repository.ts";
import { type Meeting, livingOf, makeRoom, meetingOf, openLeg, placed } from "./leg-service.ts";
import type { ClientLocation } from "./nearness.ts";
import {
  type SiteStates,
  muchNearerSite,
  nearestLegs,
  orderSites,
  planOpening,
  planStandby,
  usableSites,
} from "./placement.ts";
import { mediaSites } from "./site-repository.ts";

/** A user who is joining now. */
export type Entrant = {
  clientLocation: ClientLocation;
  states: SiteStates;
  /** They already held a seat: they may be returning because all their legs died. */
  isReturning: boolean;
  nowMs: number;
};

/** The legs for a joining user: of a meeting to be opened, or of the one that runs. */
export type Prepared = {
  open: Opening | undefined;
  /** Names of the legs nearest to them. */
  homes: readonly string[];
  /** Legs were opened or closed, and the other participants do not know it yet. */
  isChange: boolean;
};

/**
 * Makes sure that LiveKit has rooms for a joining user.
 *
 * A running meeting with participants is left alone: LiveKit has its rooms. If it is empty, or the user is returning, the rooms
 * are requested again, because LiveKit closes empty rooms and servers die. If none of its legs answers, the meeting continues
 * on a new one, with everything that belongs to it. If nothing runs, a new meeting begins.
 *
 * @throws AppError `media_unavailable` when no site answers; `changed_meanwhile` when the session turned out to be deserted;
 * `unavailable`
 */
export async function prepareMedia(place: Place, entrant: Entrant): Promise<Prepared> {
  const meeting = meetingOf(place);
  if (!meeting || !isSessionAlive(place, entrant.nowMs)) return openSession(place, entrant);
  const living = livingOf(place.legs);
  const isAsked = living.length === 0 || place.insideCount === 0 || entrant.isReturning;
  const legs = isAsked ? await revive(meeting, place.legs, entrant) : place.legs;
  if (place.insideCount === 0 && !entrant.isReturning) {
    const answering = livingOf(legs).filter(({ leg }) => living.some((before) => before.leg === leg));
    await forgetIfDeserted(meeting, answering, entrant.nowMs);
  }
  const after = entrant.isReturning ? legs : await comeNearer(meeting, legs, entrant);
  const { states, clientLocation } = entrant;
  const homes = nearestLegs(placed(livingOf(after)), states, clientLocation).map(({ leg }) => leg);
  return { open: undefined, homes, isChange: namesOf(after) !== namesOf(place.legs) };
}

async function openSession(place: Place, { clientLocation, states }: Entrant): Promise<Prepared> {
  const sessionId = newSessionId();
  const { maxParticipants } = place.room;
  const [home, standby, ...others] = planOpening(orderSites(mediaSites(), clientLocation, states, sessionId), states);
  const tried: Omit<Leg, "state">[] = [];
  const attempt = async (site: string) => {
    const leg = nextLegName(tried.map((one) => one.leg));
    const one = { leg, site, room: legRoomOf(sessionId, leg) };
    tried.push(one);
    return (await makeRoom(site, one.room, maxParticipants)) ? [one] : [];
  };
  const both = [home, standby].flatMap((site) => (site ? [attempt(site.site)] : []));
  let legs = (await Promise.all(both)).flat();
  for (const { site } of others) if (legs.length === 0) legs = await attempt(site);
  const [first] = legs;
  if (!first) throw new AppError("media_unavailable", { retryAfterSeconds: 2 });
  return { open: { sessionId, legs }, homes: [first.leg], isChange: false };
}

/** @returns the legs that answer, or a new one when none does. @throws AppError `media_unavailable` */
async function revive(meeting: Meeting, before: readonly Leg[], entrant: Entrant): Promise<readonly Leg[]> {
  const { states, clientLocation } = entrant;
  const living = livingOf(before);
  const well = living.filter(({ site }) => !states.broken.has(site));
  const asked = well.length > 0 ? well : living;
  const answers = await Promise.all(asked.map(({ site, room }) => makeRoom(site, room, meeting.maxParticipants)));
  const dead = asked.filter((_, index) => !answers[index]);
  if (dead.length < asked.length) {
    await Promise.all(dead.map(({ leg }) => storeClosed(meeting.code, meeting.sessionId, leg)));
    return before.filter((leg) => !dead.includes(leg));
  }
  const ordered = orderSites(mediaSites(), clientLocation, states, meeting.sessionId);
  const elsewhere = planStandby(ordered, states, placed(living));
  // All failed recently: one that was not asked just now may be back.
  const others = ordered.filter(({ site }) => !asked.some((one) => one.site === site));
  const sites = elsewhere.length > 0 ? elsewhere : usableSites(others.length > 0 ? others : ordered, states);
  const after = await openLeg(meeting, before, sites, living);
  if (!after || livingOf(after).length === 0) throw new AppError("media_unavailable", { retryAfterSeconds: 2 });
  return after;
}

/**
 * Deletes a session in which no seat counts and no one is connected: LiveKit's reports of the departures were lost. If none of
 * the earlier legs answers, its participants may still be there, and the session stays for its ten minutes.
 *
 * @param legs - Earlier legs that answer now. A participant is connected to every living leg.
 * @throws AppError `changed_meanwhile` when it is deleted: rights in it no longer allow joining.
 */
async function forgetIfDeserted({ code, sessionId }: Meeting, legs: readonly Leg[], nowMs: number): Promise<void> {
  if (legs.length === 0) return;
  const isEmpty = async ({ site, room }: Leg) => (await media(site).listParticipants(room)).length === 0;
  const answers = await Promise.all(legs.map((leg) => isEmpty(leg).catch(() => false)));
  const isDeserted = answers.every(Boolean);
  if (isDeserted && (await forgetSession(code, sessionId, nowMs))) throw new AppError("changed_meanwhile");
}

/** Opens a leg near a user who is far from all existing ones. If that fails, the existing legs will do. */
async function comeNearer(meeting: Meeting, legs: readonly Leg[], entrant: Entrant): Promise<readonly Leg[]> {
  const { states, clientLocation } = entrant;
  const ordered = orderSites(mediaSites(), clientLocation, states, meeting.sessionId);
  const site = muchNearerSite(ordered, states, placed(livingOf(legs)), clientLocation);
  return (site && (await openLeg(meeting, legs, [site]))) ?? legs;
}

function namesOf(legs: readonly Leg[]): string {
  return livingOf(legs)
    .map(({ leg }) => leg)
    .toSorted()
    .join();
}
