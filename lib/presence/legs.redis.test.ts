import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient, WebhookEvent } from "livekit-server-sdk";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Identity, newDeviceId } from "#lib/ids.ts";
import type { Later } from "#lib/later.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import type { Entrant } from "#lib/regions/media-room-service.ts";
import { prepareMedia } from "#lib/regions/media-room-service.ts";
import { readLegs } from "#lib/regions/leg-repository.ts";
import { lookAtLeg, lookAtLegs, meetingOf, replaceStandby } from "#lib/regions/leg-service.ts";
import { markBroken, markDrained, readSiteStates } from "#lib/regions/site-repository.ts";
import { requireInside } from "#lib/seats/seat-guards.ts";
import { readPlace } from "#lib/seats/seat-repository.ts";
import { viewMeeting } from "#lib/seats/presence-service.ts";
import { NOW, aPlace, person } from "#lib/testing/places.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { WATCHING, permissionOf } from "#lib/tokens/grants.ts";
import { signLegs } from "#lib/tokens/token-service.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { sweep } from "../../gatekeeper/sweep.ts";
import { Memory } from "../../gatekeeper/memory.ts";
import { getLiveKit } from "../../scripts/stack/livekit-binary.ts";
import { type RunningLiveKit, startLiveKit } from "../../scripts/stack/livekit.ts";
import { drainSite } from "./drain-service.ts";
import { moveHome } from "./home-service.ts";
import { handleMediaEvent } from "./presence-service.ts";
import { hasRights } from "./track-rule.ts";

const KEY = { apiKey: "legs", apiSecret: "legs-tests-only-legs-tests-only-legs-tests" };
const AWAY = { ...KEY, url: "ws://127.0.0.1:9", apiUrl: "http://127.0.0.1:9" };
const here = { at: undefined, rtts: { local: 5, far: 50 } };
const servers: Record<string, RunningLiveKit> = {};
let directory: string;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  directory = await mkdtemp(join(tmpdir(), "veet-legs-"));
  const binary = await getLiveKit();
  for (const site of ["local-a", "far-a"]) {
    const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/" };
    servers[site] = await startLiveKit({ binary, directory: join(directory, site), ...where, ...KEY });
  }
  const running = Object.entries(servers).map(([site, { url, apiUrl }]) => ({ site, url, apiUrl, ...KEY }));
  // Before anything reads the environment.
  process.env.MEDIA_SITES = JSON.stringify([
    ...running.map((one) => ({ ...one, region: one.site === "local-a" ? "local" : "far" })),
    { site: "dead-a", region: "dead", ...AWAY },
  ]);
}, 300_000);

afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  for (const site of Object.keys(servers)) {
    for (const name of await roomNames(site)) await admin(site).deleteRoom(name);
  }
  await redis().del(...["local-a", "far-a", "dead-a"].flatMap((site) => [keys.breaker(site), keys.drained(site)]));
});

afterAll(async () => {
  await Promise.all(Object.values(servers).map(({ process: running }) => running.stop()));
  await rm(directory, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const admin = (site: string) => new RoomServiceClient(servers[site]?.apiUrl ?? "", KEY.apiKey, KEY.apiSecret);
const roomNames = async (site: string) => (await admin(site).listRooms()).map(({ name }) => name);

/** A meeting on both servers, with rooms in LiveKit. */
async function onTwoLegs() {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.legs(meeting.code), { b: `far-a|${meeting.sessionId}.b|live` });
  const { sid } = await admin("local-a").createRoom({ name: `${meeting.sessionId}.a` });
  await admin("far-a").createRoom({ name: `${meeting.sessionId}.b` });
  return { ...meeting, sid };
}

const living = async ({ code, sessionId }: RunningMeeting) =>
  (await readLegs(code, sessionId, NOW)).legs
    .filter(({ state }) => state === "live")
    .map((one) => `${one.leg} ${one.site}`);

async function insideOf({ code }: RunningMeeting, key: string, device = newDeviceId()) {
  const place = await readPlace(code, person(key), NOW);
  if (!place) throw new Error("There is no such room");
  return requireInside(place, place.seats[0]?.device ?? device);
}

/** Connects to all living legs as a browser does, with the tokens that the API gives. */
async function connect(meeting: RunningMeeting, key: string): Promise<void> {
  const { place, seat } = await insideOf(meeting, key);
  const admitted = { seat, sessionId: meeting.sessionId, role: place.role, locks: place.room.locks };
  const accesses = await signLegs(admitted, place.legs);
  await Promise.all(
    accesses.map(async ({ url, token, leg, site }) => {
      const port = new URL(url).port;
      const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
      await new Promise<void>((resolve, reject) => {
        const asking = request({
          port,
          path: `/rtc?access_token=${token}&protocol=16`,
          headers: { ...headers, "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" },
        });
        asking.on("upgrade", (_, socket) => resolve(void open.push(socket)));
        asking.on("response", ({ statusCode }) => reject(new Error(`LiveKit said ${statusCode}`)));
        asking.on("error", reject).end();
      });
      await vi.waitFor(async () => expect(await seenOn(meeting, leg, site, seat.identity)).toBeDefined());
    }),
  );
}

async function seenOn({ sessionId }: RunningMeeting, leg: string, site: string, identity: Identity) {
  return (await admin(site).listParticipants(`${sessionId}.${leg}`)).find((one) => one.identity === identity);
}

/** What LiveKit lets somebody do on both legs, and where it says they publish. */
async function standing(meeting: RunningMeeting, identity: Identity) {
  const both = [await seenOn(meeting, "a", "local-a", identity), await seenOn(meeting, "b", "far-a", identity)];
  return both.map((seen) => {
    if (hasRights(seen?.permission, WATCHING)) return `watches ${seen?.attributes.home}`;
    return hasRights(seen?.permission, permissionOf("participant", NO_LOCKS))
      ? `publishes ${seen?.attributes.home}`
      : `something else ${seen?.attributes.home}`;
  });
}

/** Work for after the answer, which tests wait for. */
function afterwards() {
  const work: Promise<void>[] = [];
  const later: Later = (task) => void work.push(task());
  return { later, done: () => Promise.all(work) };
}

const entrant = async (change: Partial<Entrant> = {}): Promise<Entrant> => ({
  whereabouts: here,
  states: await readSiteStates(NOW),
  isReturning: false,
  nowMs: NOW,
  ...change,
});

test("[G4] a session is opened near the person, with a standby in another region, rooms included", async () => {
  const { open: opened, homes } = await prepareMedia(aPlace({ session: undefined, legs: [] }), await entrant());
  expect(homes).toEqual(["a"]);
  expect(opened?.legs.map(({ leg, site }) => `${leg} ${site}`)).toEqual(["a local-a", "b far-a"]);
  expect(await roomNames("local-a")).toContain(`${opened?.sessionId}.a`);
  expect(await roomNames("far-a")).toContain(`${opened?.sessionId}.b`);
});

test("[G4] when the nearest site is dead the standby is home, and the dead one is left alone", async () => {
  const whereabouts = { at: undefined, rtts: { dead: 1, local: 5, far: 50 } };
  const place = aPlace({ session: undefined, legs: [] });
  const { open: opened, homes } = await prepareMedia(place, await entrant({ whereabouts }));
  expect([homes, opened?.legs.map(({ leg, site }) => `${leg} ${site}`)]).toEqual([["b"], ["b local-a"]]);
  expect([...(await readSiteStates(NOW)).broken]).toEqual(["dead-a"]);
});

test("[G7] somebody far away gets a leg near to them, which those inside are told of", async () => {
  const meeting = await aRunningMeeting();
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const whereabouts = { at: undefined, rtts: { local: 90, far: 10 } };
  const prepared = await prepareMedia(place, await entrant({ whereabouts }));
  expect(prepared).toEqual({ open: undefined, homes: ["b"], isChange: true });
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);
  expect(await roomNames("far-a")).toContain(`${meeting.sessionId}.b`);
});

test("[G11] whoever comes back to a meeting none of whose legs answers finds it on a new one, with all that belongs to it", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.legs(meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
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

test("[G11] when all sites failed lately, another than the dead one is tried for whoever comes back", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.legs(meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  await meeting.seat({ personKey: "g_ada" });
  await Promise.all(["local-a", "far-a", "dead-a"].map(markBroken));
  const { place } = await insideOf(meeting, "g_ada");
  const whereabouts = { at: undefined, rtts: { dead: 1, local: 5, far: 50 } };
  await prepareMedia(place, await entrant({ isReturning: true, whereabouts }));
  expect(await living(meeting)).toEqual(["b local-a"]);
});

test("[G11] a leg whose server lost its room has it again when somebody comes back", async () => {
  const meeting = await aRunningMeeting();
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  await prepareMedia(place, await entrant({ isReturning: true }));
  expect(await roomNames("local-a")).toContain(`${meeting.sessionId}.a`);
  expect(await living(meeting)).toEqual(["a local-a"]);
});

test("[G12] a meeting that lost its standby gets another one, once, and none on a site that fails", async () => {
  const meeting = await aRunningMeeting();
  await admin("local-a").createRoom({ name: `${meeting.sessionId}.a` });
  await Promise.all([replaceStandby(meeting, NOW), replaceStandby(meeting, NOW)]);
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);
  await replaceStandby(meeting, NOW);
  expect(await living(meeting)).toHaveLength(2);
});

test("[G13] moving home gives rights on the new leg, and lets go of the old one a moment later", async () => {
  const meeting = await onTwoLegs();
  const ada = await meeting.seat({ personKey: "g_ada" });
  await connect(meeting, "g_ada");
  expect(await standing(meeting, ada)).toEqual(["publishes 1:a", "watches 1:a"]);

  const { later, done } = afterwards();
  expect(await moveHome(await insideOf(meeting, "g_ada"), { leg: "b" }, later, NOW)).toEqual({ leg: "b" });
  await done();
  // Until the new tracks are up the old ones stay, and the sweep of the old site knows it.
  await vi.waitFor(async () => expect(await standing(meeting, ada)).toEqual(["publishes 2:b", "publishes 2:b"]));
  const look = (nowMs: number) =>
    sweep("local-a", () => Promise.resolve([`${meeting.sessionId}.a`]), new Memory(), nowMs);
  await look(NOW + 9_999);
  expect(await standing(meeting, ada)).toEqual(["publishes 2:b", "publishes 2:b"]);
  await look(NOW + 10_000);
  await vi.waitFor(async () => expect(await standing(meeting, ada)).toEqual(["watches 2:b", "publishes 2:b"]));

  expect(viewMeetingOf(await insideOf(meeting, "g_ada"))).toMatchObject({ legs: ["a", "b"], homeLeg: "b" });
});

function viewMeetingOf({ place, seat }: Awaited<ReturnType<typeof insideOf>>) {
  if (!place.session) throw new Error("Nothing runs");
  return viewMeeting(place, place.session, seat, NOW);
}

test("[G14] a home that was lost gives no rights any more, and an old token brings none back", async () => {
  const meeting = await onTwoLegs();
  const ada = await meeting.seat({ personKey: "g_ada" });
  await connect(meeting, "g_ada");
  const { place, seat } = await insideOf(meeting, "g_ada");
  const old = await signLegs({ seat, sessionId: meeting.sessionId, role: "participant", locks: NO_LOCKS }, place.legs);
  expect(old.map(({ leg, home }) => [leg, home])).toEqual([
    ["a", true],
    ["b", false],
  ]);
  const { later, done } = afterwards();
  await moveHome({ place, seat }, { leg: "b", lost: "a" }, later, NOW);
  await done();
  await vi.waitFor(async () => expect(await standing(meeting, ada)).toEqual(["watches 2:b", "publishes 2:b"]));
  // Its server answers us, so the browser's own network was to blame.
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);

  const joined = WebhookEvent.fromJson({
    event: "participant_joined",
    id: crypto.randomUUID(),
    room: { name: `${meeting.sessionId}.a` },
    participant: { identity: ada, sid: "PA_old", joinedAtMs: String(NOW), permission: { canPublish: true } },
  });
  await admin("local-a").updateParticipant(`${meeting.sessionId}.a`, ada, {
    permission: permissionOf("participant", NO_LOCKS),
  });
  await handleMediaEvent({ event: joined, sites: ["local-a"] }, NOW);
  await vi.waitFor(async () => expect(await standing(meeting, ada)).toEqual(["watches 2:b", "publishes 2:b"]));
});

test("[G13] moving is refused to a leg that is gone and without a seat, obeys the locks, and twice is once", async () => {
  const meeting = await onTwoLegs();
  const ada = await meeting.seat({ personKey: "g_ada" });
  const inside = await insideOf(meeting, "g_ada");
  const { later, done } = afterwards();
  const move = (leg: string) => moveHome(inside, { leg }, later, NOW);
  await expect(move("c")).rejects.toMatchObject({ code: "leg_gone" });
  await connect(meeting, "g_ada");
  await redis().hset(keys.room(meeting.code), { lockMicrophone: 1, lockCamera: 1, lockScreenShare: 1 });
  await Promise.all([move("b"), move("b")]);
  await done();
  expect((await seenOn(meeting, "b", "far-a", ada))?.permission?.canPublish).toBe(false);
  expect(await redis().hget(keys.seat(meeting.code, ada), "homeCount")).toBe("2");
  await redis().hset(keys.seat(meeting.code, ada), { status: "removed" });
  await expect(move("a")).rejects.toMatchObject({ code: "not_inside" });
});

test("[G15] a leg that a browser finds dead is closed when its server does not answer us either, and replaced", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.legs(meeting.code), {
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

test("[G15] the last leg stays though it is dead, and there is another one beside it", async () => {
  const meeting = await aRunningMeeting();
  await redis().hset(keys.legs(meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  const [leg] = (await readLegs(meeting.code, meeting.sessionId, NOW)).legs;
  expect(await lookAtLeg({ ...meeting, maxParticipants: 10 }, leg!, NOW)).toBe(false);
  expect(await living(meeting)).toEqual(["a dead-a", expect.stringMatching(/^b (local|far)-a$/)]);
});

test("[G15] a standby that died where nobody publishes is found out when a browser asks for its token, and looked at once", async () => {
  const meeting = await onTwoLegs();
  await redis().hset(keys.legs(meeting.code), { b: `dead-a|${meeting.sessionId}.b|live` });
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const known = meetingOf(place);
  if (!known) throw new Error("Nothing runs");
  await Promise.all([lookAtLegs(known, place.legs, NOW), lookAtLegs(known, place.legs, NOW)]);
  expect(await living(meeting)).toEqual(["a local-a", "c far-a"]);
});

test("[G11] whoever comes back finds the legs that answer, and the dead ones closed", async () => {
  const meeting = await onTwoLegs();
  await redis().hset(keys.legs(meeting.code), { a: `dead-a|${meeting.sessionId}.a|live` });
  await meeting.seat({ personKey: "g_ada" });
  const { place } = await insideOf(meeting, "g_ada");
  const prepared = await prepareMedia(place, await entrant({ isReturning: true }));
  expect(prepared).toEqual({ open: undefined, homes: ["b"], isChange: true });
  expect(await living(meeting)).toEqual(["b far-a"]);
});

function finished({ sessionId }: RunningMeeting, leg: string, sid: string) {
  const room = { name: `${sessionId}.${leg}`, sid };
  const event = WebhookEvent.fromJson({ event: "room_finished", id: crypto.randomUUID(), room });
  return handleMediaEvent({ event, sites: [] }, NOW);
}

test("[W10] a finished room is one leg less while the meeting lives on another, unless it was made anew since", async () => {
  const meeting = await onTwoLegs();
  await meeting.seat({ heldUntilMs: NOW - 1 });
  await finished(meeting, "a", "RM_of-before");
  expect(await living(meeting)).toEqual(["a local-a", "b far-a"]);
  await finished(meeting, "a", meeting.sid);
  expect(await living(meeting)).toEqual(["b far-a"]);
  expect(await redis().exists(keys.session(meeting.code))).toBe(1);
  await finished(meeting, "b", "RM_any");
  expect(await redis().exists(keys.session(meeting.code))).toBe(0);
});

test("[G9] draining moves everybody elsewhere, closes the leg, and leaves LiveKit's room and those in it alone", async () => {
  const meeting = await aRunningMeeting();
  await admin("local-a").createRoom({ name: `${meeting.sessionId}.a` });
  const ada = await meeting.seat({ personKey: "g_ada" });
  await connect(meeting, "g_ada");
  let nowMs = NOW;
  const legsWhileMoving: string[][] = [];
  const drained = await drainSite("local-a", {
    clock: () => nowMs,
    // What a browser does when it is asked to move.
    pause: async (ms) => {
      nowMs += ms;
      legsWhileMoving.push(await living(meeting));
      const { later, done } = afterwards();
      await moveHome(await insideOf(meeting, "g_ada"), { leg: "b" }, later, nowMs);
      await done();
    },
  });
  expect(drained.moved).toBeGreaterThanOrEqual(1);
  expect(legsWhileMoving).toEqual([["a local-a", "b far-a"]]);
  expect(await living(meeting)).toEqual(["b far-a"]);
  expect(await seenOn(meeting, "a", "local-a", ada)).toBeDefined();
  expect(await redis().hget(keys.seat(meeting.code, ada), "homeLeg")).toBe("b");

  const { open: opened } = await prepareMedia(aPlace({ session: undefined, legs: [] }), await entrant());
  expect(opened?.legs.map(({ site }) => site)).not.toContain("local-a");
});

test("[G9] whoever sleeps is not waited for beyond half a minute, and keeps their connection", async () => {
  const meeting = await onTwoLegs();
  const ada = await meeting.seat({ personKey: "g_ada", heldUntilMs: NOW + 90_000 });
  await connect(meeting, "g_ada");
  let nowMs = NOW;
  const pause = (ms: number) => Promise.resolve(void (nowMs += ms));
  expect((await drainSite("local-a", { clock: () => nowMs, pause })).left).toBeGreaterThanOrEqual(1);
  expect(nowMs).toBe(NOW + 30_000);
  expect(await living(meeting)).toEqual(["b far-a"]);
  // A leg that was closed is theirs until they moved.
  await sweep("local-a", () => Promise.resolve([`${meeting.sessionId}.a`]), new Memory(), nowMs);
  expect((await standing(meeting, ada))[0]).toBe("publishes 1:a");
});

test("[G9] a meeting that has nowhere to go stays", async () => {
  const meeting = await aRunningMeeting();
  await admin("local-a").createRoom({ name: `${meeting.sessionId}.a` });
  await meeting.seat({});
  await markDrained("far-a", true);
  const drained = await drainSite("local-a", { clock: () => NOW, pause: () => Promise.resolve() });
  expect(drained.left).toBeGreaterThanOrEqual(1);
  expect(await living(meeting)).toEqual(["a local-a"]);
});
