import { WebhookEvent } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { readLegs } from "#lib/regions/leg-repository.ts";
import { lookAtLeg, lookAtLegs, meetingOf, replaceStandby } from "#lib/regions/leg-service.ts";
import { prepareMedia } from "#lib/regions/media-room-service.ts";
import { markBroken, readSiteStates } from "#lib/regions/site-repository.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { readPlace } from "#lib/seats/seat-repository.ts";
import { NOW, aPlace, person } from "#lib/testing/places.ts";
import {
  afterwards,
  entrant,
  insideOf,
  living,
  onOneLeg,
  onTwoLegs,
  useConnections,
} from "../../tests/support/legs.ts";
import { useTwoSites } from "../../tests/support/two-sites.ts";
import { moveHome } from "./home-service.ts";
import { handleMediaEvent } from "./presence-service.ts";

const sites = useTwoSites({ near: "local-a", far: "far-a" });
const { admin, roomNames } = sites;
const connect = useConnections(sites);

test("[G4] a session opens near the participant, with a standby in another region, including LiveKit's rooms", async () => {
  const { open: opened, homes } = await prepareMedia(aPlace({ session: undefined, legs: [] }), await entrant());
  expect(homes).toEqual(["a"]);
  expect(opened?.legs.map(({ leg, site }) => `${leg} ${site}`)).toEqual(["a local-a", "b far-a"]);
  expect(await roomNames("local-a")).toContain(`${opened?.sessionId}.a`);
  expect(await roomNames("far-a")).toContain(`${opened?.sessionId}.b`);
});

test("[G4] when the nearest site is dead the standby becomes home, and the dead site gets no calls", async () => {
  const clientLocation = { at: undefined, rtts: { dead: 1, local: 5, far: 50 } };
  const place = aPlace({ session: undefined, legs: [] });
  const { open: opened, homes } = await prepareMedia(place, await entrant({ clientLocation }));
  expect([homes, opened?.legs.map(({ leg, site }) => `${leg} ${site}`)]).toEqual([["b"], ["b local-a"]]);
  expect([...(await readSiteStates(NOW)).broken]).toEqual(["dead-a"]);
});

test("[G7] a distant participant gets a leg nearby, and the other participants are notified", async () => {
  const meeting = await aRunningMeeting();
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const clientLocation = { at: undefined, rtts: { local: 90, far: 10 } };
  const prepared = await prepareMedia(place, await entrant({ clientLocation }));
  expect(prepared).toEqual({ open: undefined, homes: ["b"], isChange: true });
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);
  expect(await roomNames("far-a")).toContain(`${meeting.sessionId}.b`);
});

test("[G11] a participant who returns when no leg answers gets a new leg with all that belongs to the meeting", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const prepared = await prepareMedia(place, await entrant({ isReturning: true }));
  expect(prepared).toEqual({ open: undefined, homes: ["b"], isChange: true });
  expect(await living(meeting)).toEqual(["b local-a"]);
  expect((await insideOf(meeting, "g_ada")).place).toMatchObject({
    session: { sessionId: meeting.sessionId },
    insideCount: 1,
  });
});

test("[G11] when all sites failed recently, a returning participant gets another site than the dead one", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  await meeting.seat({ personKey: "g_ada" });
  await Promise.all(["local-a", "far-a", "dead-a"].map(markBroken));
  const { place } = await insideOf(meeting, "g_ada");
  const clientLocation = { at: undefined, rtts: { dead: 1, local: 5, far: 50 } };
  await prepareMedia(place, await entrant({ isReturning: true, clientLocation }));
  expect(await living(meeting)).toEqual(["b local-a"]);
});

test("[G11] a leg whose server lost its room gets it back when a participant returns", async () => {
  const meeting = await aRunningMeeting();
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  await prepareMedia(place, await entrant({ isReturning: true }));
  expect(await roomNames("local-a")).toContain(`${meeting.sessionId}.a`);
  expect(await living(meeting)).toEqual(["a local-a"]);
});

test("[G12] a meeting that lost its standby gets one new standby, and none on a failing site", async () => {
  const meeting = await onOneLeg(sites);
  await Promise.all([replaceStandby(meeting, NOW), replaceStandby(meeting, NOW)]);
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);
  await replaceStandby(meeting, NOW);
  expect(await living(meeting)).toHaveLength(2);
});

test("[G15] a leg that a browser reports dead is closed and replaced when its server does not answer us either", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), {
    a: `dead-a|${meeting.sessionId}.a|live`,
    b: `far-a|${meeting.sessionId}.b|live`,
  });
  await admin("far-a").createRoom({ name: `${meeting.sessionId}.b` });
  await meeting.seat({ personKey: "g_ada" });
  await meeting.seat({ personKey: "g_bea" });
  const { later, done } = afterwards();
  for (const key of ["g_ada", "g_bea"])
    await moveHome(await insideOf(meeting, key), { leg: "b", lost: "a" }, later, NOW);
  await done();
  expect(await living(meeting)).toEqual(["b far-a", "c local-a"]);
  expect(await redis().exists(keys.breaker("dead-a"))).toBe(1);
});

test("[G15] the last leg stays even if it is dead, and a second one is added", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  const [leg] = (await readLegs(meeting.code, meeting.sessionId, NOW)).legs;
  expect(await lookAtLeg({ ...meeting, maxParticipants: 10 }, leg!, NOW)).toBe(false);
  expect(await living(meeting)).toEqual(["a dead-a", expect.stringMatching(/^b (local|far)-a$/)]);
});

test("[G15] a dead standby without publishers is detected when a browser asks for its token, after a single probe", async () => {
  const meeting = await onTwoLegs(sites);
  await redis().hset(keys.ofRoom("legs", meeting.code), { b: `dead-a|${meeting.sessionId}.b|live` });
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const known = meetingOf(place);
  if (!known) throw new Error("Nothing runs");
  await Promise.all([lookAtLegs(known, place.legs, NOW), lookAtLegs(known, place.legs, NOW)]);
  expect(await living(meeting)).toEqual(["a local-a", "c far-a"]);
});

test("[G11] a returning participant gets the legs that answer, and the dead ones are closed", async () => {
  const meeting = await onTwoLegs(sites);
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const prepared = await prepareMedia(place, await entrant({ isReturning: true }));
  expect(prepared).toEqual({ open: undefined, homes: ["b"], isChange: true });
  expect(await living(meeting)).toEqual(["b far-a"]);
});

function finished({ sessionId }: RunningMeeting, leg: string, sid: string, nowMs = NOW) {
  const room = { name: `${sessionId}.${leg}`, sid };
  const createdAt = String(NOW / 1_000);
  const event = WebhookEvent.fromJson({ event: "room_finished", id: crypto.randomUUID(), createdAt, room });
  return handleMediaEvent({ event, sites: [] }, nowMs);
}

test("[W10] a finished room closes its leg while the meeting has another one, unless the room was created again since", async () => {
  const meeting = await onTwoLegs(sites);
  await meeting.seat({ heldUntilMs: NOW + 60_000 });
  await finished(meeting, "a", "RM_of-before");
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);
  await finished(meeting, "a", meeting.sid);
  expect(await living(meeting)).toEqual(["b far-a"]);
  expect(await redis().exists(keys.ofRoom("session", meeting.code))).toBe(1);
  await finished(meeting, "b", "RM_any", NOW + 60_000);
  expect(await redis().exists(keys.ofRoom("session", meeting.code))).toBe(0);
});

test("[R32] two legs that finish in the same moment end the meeting, in any interleaving of the two events", async () => {
  for (let round = 0; round < 10; round += 1) {
    const meeting = await onTwoLegs(sites);
    await meeting.seat({ heldUntilMs: NOW - 1 });
    const sidB = (await admin("far-a").listRooms([`${meeting.sessionId}.b`]))[0]?.sid ?? "";
    await Promise.all([finished(meeting, "a", meeting.sid), finished(meeting, "b", sidB)]);
    expect(await redis().keys(`${keys.prefix(meeting.code)}*`)).toEqual([keys.ofRoom("room", meeting.code)]);
  }
});

test("[R32] a finished room implies departures that were never reported", async () => {
  const meeting = await onTwoLegs(sites);
  const ada = await meeting.seat({ heldUntilMs: NOW + 140_000 });
  const links = { "link:a": `${NOW - 90_000}|on`, "link:b": `${NOW - 90_000}|on` };
  await redis().hset(keys.ofRoom("seat", meeting.code, ada), links);
  await finished(meeting, "a", meeting.sid);
  expect(await redis().hget(keys.ofRoom("seat", meeting.code, ada), "status")).toBe("present");
  await finished(meeting, "b", "RM_any");
  expect(await redis().hget(keys.ofRoom("seat", meeting.code, ada), "status")).toBe("away");
  expect(Number(await redis().zscore(keys.ofRoom("seats", meeting.code), ada))).toBe(NOW + 60_000);
  expect(await redis().pttl(keys.ofRoom("session", meeting.code))).toBeLessThanOrEqual(60_000);
});

/** The session as a newcomer finds it. It had participants a moment ago. */
async function newcomersPlace({ code }: RunningMeeting) {
  await redis().hset(keys.ofRoom("session", code), { lastSeenAtMs: NOW });
  const place = await readPlace(code, person("g_new"), NOW);
  if (!place?.session) throw new Error("The session is still there");
  return place;
}

test("[R33] a newcomer to a deserted session starts a new one: no seat counts, and no media server lists a participant", async () => {
  const meeting = await onTwoLegs(sites);
  const ada = await meeting.seat({ personKey: "g_ada", heldUntilMs: NOW - 1 });
  await redis().hset(keys.ofRoom("seat", meeting.code, ada), { "link:a": `${NOW}|on` });
  const place = await newcomersPlace(meeting);
  await expect(prepareMedia(place, await entrant())).rejects.toMatchObject({ code: "changed_meanwhile" });
  expect(await redis().keys(`${keys.prefix(meeting.code)}*`)).toEqual([keys.ofRoom("room", meeting.code)]);
});

test("[R33] a session survives minutes without heartbeats while a media server lists its participants", async () => {
  const meeting = await onTwoLegs(sites);
  await meeting.seat({ personKey: "g_ada", heldUntilMs: NOW - 1 });
  await connect(meeting, "g_ada");
  const place = await newcomersPlace(meeting);
  await prepareMedia(place, await entrant());
  expect(await redis().exists(keys.ofRoom("session", meeting.code))).toBe(1);
});

test("[R33] a session survives while none of its media servers answers", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.ofRoom("legs", meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  await meeting.seat({ heldUntilMs: NOW - 1 });
  const place = await newcomersPlace(meeting);
  await prepareMedia(place, await entrant());
  expect(await redis().exists(keys.ofRoom("session", meeting.code))).toBe(1);
});
