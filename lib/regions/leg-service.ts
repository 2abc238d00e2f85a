import "server-only";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { emit } from "#lib/seats/event-service.ts";
import { legRoomOf } from "#lib/seats/lobby-room.ts";
import type { Leg, Place } from "#lib/seats/seat.ts";
import { nextLegName } from "./leg-name.ts";
import { type SessionLegs, claimLook, readLegs, storeClosed, storeLeg } from "./leg-repository.ts";
import { coordinatesOf } from "./nearness.ts";
import { type Site, type SiteStates, WISHED_LEGS, orderSites, planStandby } from "./placement.ts";
import { markBroken, mediaSites, readSiteStates } from "./site-repository.ts";

/** A session, with the fields that its legs need. */
export type Meeting = { code: RoomCode; sessionId: SessionId; maxParticipants: number };

export const livingOf = (legs: readonly Leg[]): Leg[] => legs.filter(({ state }) => state === "live");

/** Adds the region to each leg. Leaves out legs on sites that are no longer configured. */
export function placed(legs: readonly Leg[]): (Leg & Site)[] {
  const sites = mediaSites();
  return legs.flatMap((leg) => {
    const site = sites.find((one) => one.site === leg.site);
    return site ? [{ ...leg, region: site.region }] : [];
  });
}

/** @returns false when the site does not answer; it is then skipped for half a minute. */
export async function makeRoom(site: string, room: string, maxParticipants: number): Promise<boolean> {
  try {
    await media(site).createRoom(room, maxParticipants);
    return true;
  } catch (error) {
    log("warn", "media.room-not-made", { site, error: describeError(error) });
    await markBroken(site);
    return false;
  }
}

/**
 * Opens a leg on the first of these sites that answers, and closes dead legs in the same step.
 *
 * @param sites - Tried one after the other.
 * @returns the session's legs afterwards, also when another request was quicker; undefined when no site answered.
 * @throws AppError `unavailable`
 */
export async function openLeg(
  { code, sessionId, maxParticipants }: Meeting,
  before: readonly Leg[],
  sites: readonly Site[],
  dead: readonly Leg[] = [],
): Promise<readonly Leg[] | undefined> {
  const leg = nextLegName(before.map((one) => one.leg));
  const room = legRoomOf(sessionId, leg);
  for (const { site } of sites) {
    if (!(await makeRoom(site, room, maxParticipants))) continue;
    // The room of the slower request stays empty, and LiveKit closes it.
    const { legs, isChange } = await storeLeg(code, sessionId, { leg, site, room }, before, dead);
    if (isChange) log("info", "legs.opened", { site, leg });
    return legs;
  }
  return undefined;
}

/** Whether a meeting has fewer legs than it should, given the configured sites. */
export function lacksStandby(legs: readonly Leg[]): boolean {
  return livingOf(legs).length < Math.min(WISHED_LEGS, mediaSites().length);
}

/**
 * Replaces a leg that a meeting lost, if another site works, and notifies all participants. Concurrent calls open one leg.
 *
 * @throws AppError `unavailable`
 */
export async function replaceStandby(meeting: Pick<Meeting, "code" | "sessionId">, nowMs: number): Promise<void> {
  const [read, states] = await Promise.all([readLegs(meeting.code, meeting.sessionId, nowMs), readSiteStates(nowMs)]);
  if (lacksStandby(read.legs)) await addLeg(meeting, read, states);
}

/**
 * The living legs of a meeting, without one that is about to close and without those on drained sites. If there are none, opens
 * one and notifies all participants.
 *
 * @returns an empty list when no site can take the meeting.
 * @throws AppError `unavailable`
 */
export async function openLegElsewhere(
  meeting: Pick<Meeting, "code" | "sessionId">,
  going: string,
  nowMs: number,
): Promise<Leg[]> {
  const [read, states] = await Promise.all([readLegs(meeting.code, meeting.sessionId, nowMs), readSiteStates(nowMs)]);
  const staying = (legs: readonly Leg[]) =>
    livingOf(legs).filter(({ leg, site }) => leg !== going && !states.drained.has(site) && !states.broken.has(site));
  const others = staying(read.legs);
  if (others.length >= Math.min(WISHED_LEGS, mediaSites().length - states.drained.size)) return others;
  const after = await addLeg(meeting, read, states);
  return after ? staying(after) : others;
}

/** Opens one more leg near the existing ones, since we cannot know who will need it, and notifies all participants. */
async function addLeg(
  { code, sessionId }: Pick<Meeting, "code" | "sessionId">,
  { legs: before, maxParticipants }: SessionLegs,
  states: SiteStates,
): Promise<readonly Leg[] | undefined> {
  const living = livingOf(before);
  const [home] = placed(living);
  if (!home) return undefined;
  const near = { at: coordinatesOf(home.region), rtts: {} };
  const ordered = orderSites(mediaSites(), near, states, sessionId);
  const [first] = planStandby(ordered, states, placed(living));
  const after = first && (await openLeg({ code, sessionId, maxParticipants }, before, [first]));
  if (after && livingOf(after).length > living.length) {
    await emit({ code, sessionId, legs: after }, { type: "legs.changed" });
  }
  return after;
}

/**
 * Closes a dead leg, opens another, and notifies all participants. The last living leg stays, with another one beside it.
 *
 * @throws AppError `unavailable`
 */
export async function closeDeadLeg(meeting: Meeting, leg: Leg, nowMs: number): Promise<void> {
  const { legs, isChange } = await storeClosed(meeting.code, meeting.sessionId, leg.leg);
  const isLast = livingOf(legs).some((one) => one.leg === leg.leg);
  if (isLast) return replaceStandby(meeting, nowMs);
  if (!isChange) return;
  log("warn", "legs.closed", { site: leg.site, leg: leg.leg });
  await Promise.all([emit({ ...meeting, legs }, { type: "legs.changed" }), replaceStandby(meeting, nowMs)]);
}

/**
 * Checks a leg that a browser reported as dead. The browser's own network may be to blame, so the leg is closed only if its
 * server does not answer us either. The request also recreates the room, if another node of the site can take it.
 *
 * @returns whether it answered; false also while another check is running.
 * @throws AppError `unavailable`
 */
export async function lookAtLeg(meeting: Meeting, leg: Leg, nowMs: number): Promise<boolean> {
  if (!(await claimLook(leg))) return false;
  if (await makeRoom(leg.site, leg.room, meeting.maxParticipants)) return true;
  await closeDeadLeg(meeting, leg, nowMs);
  return false;
}

/**
 * Checks all legs when a browser asks for tokens: it may not have noticed the death of a leg on which no one publishes. @throws
 * AppError `unavailable`
 */
export async function lookAtLegs(meeting: Meeting, legs: readonly Leg[], nowMs: number): Promise<void> {
  await Promise.all(livingOf(legs).map((leg) => lookAtLeg(meeting, leg, nowMs)));
}

/** @returns undefined while no session runs. */
export function meetingOf({ room, session }: Pick<Place, "room" | "session">): Meeting | undefined {
  return session && { code: room.code, sessionId: session.sessionId, maxParticipants: room.maxParticipants };
}
