import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import { newIdentity, newSessionId } from "#lib/ids.ts";
import { writeMediaSites } from "#lib/media-sites.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import { getLiveKit } from "../scripts/provision/livekit-binary.ts";
import { type RunningLiveKit, startLiveKit } from "../scripts/stack/livekit.ts";
import { knockAt } from "../tests/support/gatekeeper.ts";
import { Outage } from "./outage.ts";
import { Remembered } from "./remembered.ts";
import { createSweep } from "./sweep.ts";
import { ASK_MS } from "./sweep-pace.ts";

const KEY = { apiKey: "sweep", apiSecret: "sweep-tests-only-sweep-tests-only-sweep" };
const SITE = "sweep-a";
let directory: string;
let livekit: RunningLiveKit;
let rooms: RoomServiceClient;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  directory = await mkdtemp(join(tmpdir(), "veet-sweep-"));
  const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/", directory };
  livekit = await startLiveKit({ binary: await getLiveKit(), ...where, ...KEY });
  rooms = new RoomServiceClient(livekit.apiUrl, KEY.apiKey, KEY.apiSecret);
  // This runs before anything reads the environment.
  const site = { site: SITE, region: "local", url: livekit.url, apiUrl: livekit.apiUrl, ...KEY };
  process.env.MEDIA_SITES = writeMediaSites([site]);
}, 300_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

afterAll(async () => {
  await livekit.process.stop();
  await rm(directory, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const sweepOf = (names: readonly string[], remembered = new Remembered()) =>
  createSweep({ site: SITE, listRooms: () => Promise.resolve(names), remembered, outage: new Outage() });
const inside = async (room: string) => (await rooms.listParticipants(room)).map(({ identity }) => identity);

/** Connects past the gatekeeper, as a thief of LiveKit's key could. */
async function arrive(room: string, identity: string): Promise<void> {
  const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { identity, ttl: 60 });
  token.addGrant(meetingGrant(room, permissionOf("participant", NO_LOCKS)));
  const { socket } = await knockAt(livekit.signalPort, `/rtc?access_token=${await token.toJwt()}&protocol=16`);
  if (socket) open.push(socket.resume());
}

/** A meeting with one entitled participant and one stranger in LiveKit. */
async function visitedMeeting() {
  const meeting = await aRunningMeeting();
  const room = `${meeting.sessionId}.a`;
  await rooms.createRoom({ name: room });
  const [entitled, stranger] = [await meeting.seat({}), newIdentity()];
  await Promise.all([arrive(room, entitled), arrive(room, stranger)]);
  await vi.waitFor(async () => expect(await inside(room)).toHaveLength(2));
  return { ...meeting, room, entitled };
}

/** How often Redis is asked during this work. */
async function questionsDuring(work: () => Promise<void>): Promise<number> {
  const fetched = vi.spyOn(globalThis, "fetch");
  await work();
  const asked = fetched.mock.calls.filter(([url]) => String(url).startsWith(inject("redis").url)).length;
  fetched.mockRestore();
  return asked;
}

test("[K15] many meetings cost Redis one request, and strangers are evicted from each", async () => {
  const meetings = await Promise.all(Array.from({ length: 20 }, visitedMeeting));
  const sweep = sweepOf(meetings.map(({ room }) => room));
  // The first request also sends the script.
  await sweep.run(Date.now());
  expect(await questionsDuring(() => sweep.run(Date.now() + ASK_MS))).toBe(1);
  for (const { room, entitled } of meetings) {
    await vi.waitFor(async () => expect(await inside(room)).toEqual([entitled]));
  }
  expect(sweep.tracksIn(meetings[0]!.room)).toBe(0);
  expect(sweep.tracksIn("not-swept")).toBeUndefined();
});

test("[K15] a node without participants asks Redis nothing", async () => {
  const empty = `${newSessionId()}.a`;
  await rooms.createRoom({ name: empty });
  const sweep = sweepOf([empty]);
  expect(await questionsDuring(() => sweep.run(Date.now()))).toBe(0);
});

test("[K15] more people than one script can check quickly are split over several", async () => {
  const meeting = await aRunningMeeting();
  const remembered = new Remembered();
  const names = Array.from({ length: 1_100 }, (_, number) => `${meeting.sessionId}.a${Math.floor(number / 100)}`);
  names.forEach((room) => remembered.confirm({ room, identity: newIdentity() }, Date.now(), undefined));
  const sweep = sweepOf([], remembered);
  expect(await questionsDuring(() => sweep.run(Date.now()))).toBeLessThanOrEqual(4);
  expect(remembered.byRoom().size).toBe(0);
});

test("[K6] a room that LiveKit cannot list does not stop the sweep of the others", async () => {
  const { room, entitled } = await visitedMeeting();
  // LiveKit refuses a name this long.
  await sweepOf(["x".repeat(5_000), "not-there", room]).run(Date.now());
  await vi.waitFor(async () => expect(await inside(room)).toEqual([entitled]));
});

test("[R19] the sweep hands a meeting over once no host was there for a minute, and asks about it now and then", async () => {
  const meeting = await aRunningMeeting();
  const room = `${meeting.sessionId}.a`;
  await rooms.createRoom({ name: room });
  const heir = await meeting.seat({ personKey: `a_${"h".repeat(27)}`, heldUntilMs: Date.now() + 60_000 });
  await arrive(room, heir);
  await vi.waitFor(async () => expect(await inside(room)).toEqual([heir]));
  const nowMs = Date.now();
  await redis().hset(keys.ofRoom("session", meeting.code), { hadHost: "1", hostGoneSinceMs: String(nowMs - 59_000) });
  const sweep = sweepOf([room]);
  await sweep.run(nowMs);
  expect(await redis().hgetall(keys.ofRoom("roles", meeting.code))).toEqual([]);
  await sweep.run(nowMs + 1_000);
  expect(await redis().hgetall(keys.ofRoom("roles", meeting.code))).toEqual([`a_${"h".repeat(27)}`, "host"]);
  await redis().hset(keys.ofRoom("session", meeting.code), { hostGoneSinceMs: String(nowMs - 59_000) });
  await arrive(room, await meeting.seat({ heldUntilMs: nowMs + 60_000 }));
  await vi.waitFor(async () => expect(await inside(room)).toHaveLength(2));
  const again = () => questionsDuring(() => sweep.run(nowMs + 3_000));
  expect(await again()).toBe(1);
  expect(await questionsDuring(() => sweep.run(nowMs + 3_000 + ASK_MS))).toBeGreaterThan(1);
});

test("[H50] a meeting in which nothing happens costs one request every 15 s; a participant removed in the meantime is evicted then", async () => {
  const { room, entitled, code, seat } = await visitedMeeting();
  const sweep = sweepOf([room]);
  const nowMs = Date.now();
  // The stranger's eviction is the last change.
  await vi.waitFor(async () => {
    await sweep.run(nowMs);
    expect(await inside(room)).toEqual([entitled]);
  });
  await sweep.run(nowMs);
  const asked: number[] = [];
  for (let pass = 1; pass <= 8; pass += 1) asked.push(await questionsDuring(() => sweep.run(nowMs + pass * 2_000)));
  expect(asked).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);

  // A removal whose call to LiveKit was lost.
  await redis().hset(keys.ofRoom("seat", code, entitled), { status: "removed" });
  expect(await questionsDuring(() => sweep.run(nowMs + 18_000))).toBe(0);
  expect(await inside(room)).toEqual([entitled]);
  await sweep.run(nowMs + 16_000 + ASK_MS);
  await vi.waitFor(async () => expect(await inside(room)).toEqual([]));

  // The next pass asks about a newly arrived participant.
  await arrive(room, await seat({}));
  await vi.waitFor(async () => expect(await inside(room)).toHaveLength(1));
  expect(await questionsDuring(() => sweep.run(nowMs + 16_000 + ASK_MS + 2_000))).toBe(1);
});

test("[H54] a meeting of three on two legs in which nothing happens costs its two nodes eight commands a minute", async () => {
  const meeting = await aRunningMeeting();
  const legs = ["a", "b"].map((leg) => `${meeting.sessionId}.${leg}`);
  await redis().hset(keys.ofRoom("legs", meeting.code), { b: `local-b|${legs[1]}|live` });
  const heldUntilMs = Date.now() + 600_000;
  const people = [
    await meeting.seat({ heldUntilMs }),
    await meeting.seat({ heldUntilMs }),
    await meeting.seat({ heldUntilMs }),
  ];
  const sweeps: ReturnType<typeof sweepOf>[] = [];
  for (const room of legs) {
    await rooms.createRoom({ name: room });
    for (const identity of people) await arrive(room, identity);
    await vi.waitFor(async () => expect(await inside(room)).toHaveLength(3));
    sweeps.push(sweepOf([room]));
  }
  const startMs = Date.now();
  const pass = (afterMs: number) => Promise.all(sweeps.map((sweep) => sweep.run(startMs + afterMs)));
  // Permissions are set for each leg, which changes the list.
  await vi.waitFor(async () => {
    await pass(0);
    expect(await questionsDuring(async () => void (await pass(0)))).toBe(0);
  });
  let asked = 0;
  for (let afterMs = 2_000; afterMs <= 60_000; afterMs += 2_000)
    asked += await questionsDuring(async () => void (await pass(afterMs)));
  expect(asked).toBeLessThanOrEqual(8);
  expect(asked).toBeGreaterThan(0);
});
