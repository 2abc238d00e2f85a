import { request } from "node:http";
import type { ParticipantInfo } from "livekit-server-sdk";
import { afterEach, expect, vi } from "vitest";
import { type Identity, newDeviceId } from "#lib/ids.ts";
import type { Later } from "#lib/later.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { readLegs } from "#lib/regions/leg-repository.ts";
import type { Entrant } from "#lib/regions/media-room-service.ts";
import { readSiteStates } from "#lib/regions/site-repository.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { requireInside } from "#lib/seats/seat-guards.ts";
import { readPlace } from "#lib/seats/seat-repository.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { NOW, person } from "#lib/testing/places.ts";
import { WATCHING, permissionOf } from "#lib/tokens/grants.ts";
import { signLegs } from "#lib/tokens/token-service.ts";
import { hasRights } from "#lib/presence/track-rule.ts";
import type { TwoSites } from "./two-sites.ts";

/** A meeting whose leg `a` is on the near site, with its room in LiveKit. */
export async function onOneLeg({ near, admin }: TwoSites) {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `${near}|${meeting.sessionId}.a|live` });
  const { sid } = await admin(near).createRoom({ name: `${meeting.sessionId}.a` });
  return { ...meeting, sid };
}

/** The same, with leg `b` on the far site. */
export async function onTwoLegs(sites: TwoSites) {
  const meeting = await onOneLeg(sites);
  await redis().hset(keys.ofRoom("legs", meeting.code), { b: `${sites.far}|${meeting.sessionId}.b|live` });
  await sites.admin(sites.far).createRoom({ name: `${meeting.sessionId}.b` });
  return meeting;
}

/** The live legs, such as `a local-a`. */
export const living = async ({ code, sessionId }: RunningMeeting) =>
  (await readLegs(code, sessionId, NOW)).legs
    .filter(({ state }) => state === "live")
    .map((one) => `${one.leg} ${one.site}`);

/** The context of a participant in a route. */
export async function insideOf({ code }: RunningMeeting, key: string) {
  const place = await readPlace(code, person(key), NOW);
  if (!place) throw new Error("There is no such room");
  return requireInside(place, place.seats[0]?.device ?? newDeviceId());
}

/** A user near the site `local` who is joining. */
export const entrant = async (change: Partial<Entrant> = {}): Promise<Entrant> => ({
  clientLocation: { at: undefined, rtts: { local: 5, far: 50 } },
  states: await readSiteStates(NOW),
  isReturning: false,
  nowMs: NOW,
  ...change,
});

/** Collects work that runs after the answer, so that tests can wait for it. */
export function afterwards() {
  const work: Promise<void>[] = [];
  const later: Later = (task) => void work.push(task());
  return { later, done: () => Promise.all(work) };
}

export async function seenOn(
  { admin }: TwoSites,
  { sessionId }: RunningMeeting,
  { leg, site }: { leg: string; site: string },
  identity: Identity,
): Promise<ParticipantInfo | undefined> {
  return (await admin(site).listParticipants(`${sessionId}.${leg}`)).find((one) => one.identity === identity);
}

/** What LiveKit allows a participant on both legs, and where it says they publish. */
export async function standing(sites: TwoSites, meeting: RunningMeeting, identity: Identity): Promise<string[]> {
  const both = [
    await seenOn(sites, meeting, { leg: "a", site: sites.near }, identity),
    await seenOn(sites, meeting, { leg: "b", site: sites.far }, identity),
  ];
  return both.map((seen) => {
    if (hasRights(seen?.permission, WATCHING)) return `watches ${seen?.attributes.home}`;
    return hasRights(seen?.permission, permissionOf("participant", NO_LOCKS))
      ? `publishes ${seen?.attributes.home}`
      : `something else ${seen?.attributes.home}`;
  });
}

/**
 * Gives participants connections until the test ends.
 *
 * @returns a function that connects a participant to all live legs as a browser does, with the API's tokens.
 */
export function useConnections(sites: TwoSites) {
  const open: { destroy: () => void }[] = [];
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
  });
  return async (meeting: RunningMeeting, key: string): Promise<void> => {
    const { place, seat } = await insideOf(meeting, key);
    const admitted = { seat, sessionId: meeting.sessionId, role: place.role, locks: place.room.locks };
    const accesses = await signLegs(admitted, place.legs);
    await Promise.all(
      accesses.map(async (access) => {
        open.push(await dial(access));
        await vi.waitFor(async () => expect(await seenOn(sites, meeting, access, seat.identity)).toBeDefined());
      }),
    );
  };
}

/** Opens a browser's WebSocket to LiveKit. */
function dial({ url, token }: { url: string; token: string }): Promise<{ destroy: () => void }> {
  const headers = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  return new Promise((resolve, reject) => {
    const path = `/rtc?access_token=${token}&protocol=16`;
    const asking = request({ port: new URL(url).port, path, headers });
    asking.on("upgrade", (_, socket) => resolve(socket));
    asking.on("response", ({ statusCode }) => reject(new Error(`LiveKit said ${statusCode}`)));
    asking.on("error", reject).end();
  });
}
