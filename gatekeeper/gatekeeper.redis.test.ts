import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import { type Identity, newIdentity, newLobbyIdentity } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { lobbyGrant, meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { mayConnect } from "#lib/presence/admission-service.ts";
import { type RunningLiveKit, startLiveKit } from "../scripts/stack/livekit.ts";
import { getLiveKit } from "../scripts/stack/livekit-binary.ts";
import { knockAt, openDoor, portOf, sweepOnce } from "../tests/support/gatekeeper.ts";
import { Outage } from "./outage.ts";
import { Remembered } from "./remembered.ts";
import { createSweep } from "./sweep.ts";

const KEY = { apiKey: "door", apiSecret: "door-tests-only-door-tests-only-door-tests" };
const [remembered, outage] = [new Remembered(), new Outage()];
let directory: string;
let livekit: RunningLiveKit;
let rooms: RoomServiceClient;
let door: Server;
let isRedisAway = false;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  directory = await mkdtemp(join(tmpdir(), "veet-door-"));
  const webhookUrl = "http://127.0.0.1:9/";
  const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl, directory };
  livekit = await startLiveKit({ binary: await getLiveKit(), ...where, ...KEY });
  rooms = new RoomServiceClient(livekit.apiUrl, KEY.apiKey, KEY.apiSecret);
  // Before anything reads the environment.
  const site = { site: "local-a", region: "local", url: livekit.url, apiUrl: livekit.apiUrl, ...KEY };
  process.env.MEDIA_SITES = JSON.stringify([site]);
  const asked = (room: string, identity: string) =>
    isRedisAway ? Promise.reject(new Error("Redis is away")) : mayConnect(room, identity);
  const isListed = async (room: string, identity: string) => {
    return (await rooms.listParticipants(room)).some((one) => one.identity === identity);
  };
  const remove = (room: string, identity: string) => rooms.removeParticipant(room, identity);
  door = await openDoor({ target: livekit.apiUrl, key: KEY, remembered, outage, mayConnect: asked, isListed, remove });
}, 300_000);

afterEach(() => {
  isRedisAway = false;
  outage.answered();
  for (const socket of open.splice(0)) socket.destroy();
});

afterAll(async () => {
  door.closeAllConnections();
  door.close();
  await livekit.process.stop();
  await rm(directory, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const doorPort = () => portOf(door);

/** Opens a WebSocket as a browser does. @returns the status, 101 when it is open. */
async function knock(path: string, port = doorPort()): Promise<number> {
  const { status, socket } = await knockAt(port, path);
  if (socket) open.push(socket.resume());
  return status;
}

/** Redis has not answered for minutes. */
function redisGoesAway() {
  isRedisAway = true;
  for (const agoMs of [600_000, 500_000]) outage.failed(new Error("Redis is away"), Date.now() - agoMs);
}

async function aMeetingInLiveKit() {
  const meeting = await aRunningMeeting();
  await rooms.createRoom({ name: `${meeting.sessionId}.a` });
  return meeting;
}

function tokenOf({ sessionId }: RunningMeeting, identity: string, ttl = 60) {
  const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { identity, ttl });
  token.addGrant(meetingGrant(`${sessionId}.a`, permissionOf("participant", NO_LOCKS)));
  return token.toJwt();
}

const rtc = async (meeting: RunningMeeting, identity: string) =>
  `/rtc?access_token=${await tokenOf(meeting, identity)}&protocol=16`;
const inside = async ({ sessionId }: RunningMeeting) =>
  (await rooms.listParticipants(`${sessionId}.a`)).map(({ identity }) => identity).toSorted();

test("[K4] somebody with a seat gets in, and is asked about each time", async () => {
  const meeting = await aMeetingInLiveKit();
  const ada = await meeting.seat({});
  expect(await knock(await rtc(meeting, ada))).toBe(101);
  await vi.waitFor(async () => expect(await inside(meeting)).toEqual([ada]));
  await redis().hset(keys.seat(meeting.code, ada), { status: "removed" });
  expect(await knock(await rtc(meeting, ada))).toBe(403);
});

test("[K4] LiveKit's own answer to why it failed comes through", async () => {
  const meeting = await aMeetingInLiveKit();
  const ada = await meeting.seat({});
  const answer = await fetch(`http://127.0.0.1:${doorPort()}/rtc/validate?access_token=${await tokenOf(meeting, ada)}`);
  expect([answer.status, await answer.text()]).toEqual([200, "success"]);
});

test("[K4] a page can read that it was refused", async () => {
  const meeting = await aMeetingInLiveKit();
  const url = `http://127.0.0.1:${doorPort()}/rtc/v1/validate?access_token=${await tokenOf(meeting, newIdentity())}`;
  const answer = await fetch(url, { headers: { origin: "http://localhost:3000" } });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, "*"]);
});

test("[K4] a valid token alone opens nothing", async () => {
  const meeting = await aMeetingInLiveKit();
  const other = await aMeetingInLiveKit();
  const ada = await meeting.seat({});
  const eve = await meeting.seat({ personKey: "g_eve" });
  await redis().hset(keys.bans(meeting.code), { g_eve: "{}" });
  expect(await knock(await rtc(meeting, newIdentity()))).toBe(403);
  expect(await knock(await rtc(meeting, eve))).toBe(403);
  expect(await knock(await rtc(other, ada))).toBe(403);
  expect(await knock(`/rtc?access_token=${await tokenOf(meeting, ada, 6 * 3600)}`)).toBe(401);
  expect(await knock("/rtc?access_token=x")).toBe(401);
  expect(await knock(`${await rtc(meeting, ada)}&publish=x`)).toBe(403);
  expect(await knock(`/whip/v1?access_token=${await tokenOf(meeting, ada)}`)).toBe(404);
  expect(await inside(meeting)).toEqual([]);
});

test("[K4] whoever waits gets into the lobby only, and nobody else does", async () => {
  const meeting = await aMeetingInLiveKit();
  const room = `lobby.${meeting.sessionId}`;
  await rooms.createRoom({ name: room });
  const waiting = newLobbyIdentity();
  await redis().hset(keys.lobby(meeting.code), { [waiting]: "t_1" });
  const tokenFor = (identity: string) => {
    const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { identity, ttl: 60 });
    token.addGrant(lobbyGrant(room));
    return token.toJwt();
  };
  await redis().hset(keys.ticket(meeting.code, "t_1"), { status: "waiting" });
  expect(await knock(`/rtc?access_token=${await tokenFor(waiting)}`)).toBe(101);
  expect(await knock(`/rtc?access_token=${await tokenFor(newLobbyIdentity())}`)).toBe(403);
  expect(await knock(await rtc(meeting, waiting))).toBe(403);
  await redis().hset(keys.ticket(meeting.code, "t_1"), { status: "cancelled" });
  expect(await knock(`/rtc?access_token=${await tokenFor(waiting)}`)).toBe(403);
});

test("[K5] without Redis only those come back who are inside, and the others are asked to wait", async () => {
  const meeting = await aMeetingInLiveKit();
  const [ada, bea] = [await meeting.seat({}), await meeting.seat({})];
  expect(await knock(await rtc(meeting, ada))).toBe(101);
  redisGoesAway();
  expect(await knock(await rtc(meeting, ada))).toBe(101);
  expect(await knock(await rtc(meeting, bea))).toBe(503);
});

test("[K19] one question that Redis does not answer lets nobody in unasked", async () => {
  const meeting = await aMeetingInLiveKit();
  const ada = await meeting.seat({});
  expect(await knock(await rtc(meeting, ada))).toBe(101);
  isRedisAway = true;
  expect(await knock(await rtc(meeting, ada))).toBe(503);
});

test("[K19] somebody who was removed does not come back while Redis is away, whenever their connection was cut", async () => {
  const meeting = await aMeetingInLiveKit();
  const eve = await meeting.seat({});
  expect(await knock(await rtc(meeting, eve))).toBe(101);
  await vi.waitFor(async () => expect(await inside(meeting)).toEqual([eve]));
  // The host removes her by way of an app that reaches Redis; this gatekeeper does not any more.
  redisGoesAway();
  await rooms.removeParticipant(`${meeting.sessionId}.a`, eve);
  expect(await knock(await rtc(meeting, eve))).toBe(503);
  expect(await inside(meeting)).toEqual([]);
});

test("[K19] the sweep asks about those who left, too, and forgets whoever was removed", async () => {
  const meeting = await aMeetingInLiveKit();
  const [ada, eve] = [await meeting.seat({}), await meeting.seat({})];
  const room = `${meeting.sessionId}.a`;
  for (const identity of [ada, eve]) expect(await knock(await rtc(meeting, identity))).toBe(101);
  for (const socket of open.splice(0)) socket.destroy();
  await vi.waitFor(async () => expect(await inside(meeting)).toEqual([]));
  await redis().hset(keys.seat(meeting.code, eve), { status: "removed" });
  const listRooms = () => Promise.resolve([room]);
  await createSweep({ site: "local-a", listRooms, remembered, outage }).run(Date.now());
  expect(remembered.byRoom().get(room)).toEqual([ada]);
});

test("[K5] without LiveKit the door answers 503 and stays up", async () => {
  const dead = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => dead.once("listening", resolve));
  const target = `http://127.0.0.1:${(dead.address() as AddressInfo).port}`;
  dead.close();
  const other = await openDoor({ target, key: KEY, mayConnect });
  const meeting = await aMeetingInLiveKit();
  const path = await rtc(meeting, await meeting.seat({}));
  for (let round = 0; round < 2; round += 1) expect(await knock(path, portOf(other))).toBe(503);
  other.closeAllConnections();
  other.close();
});

test("[K6] the sweep evicts twins, strangers and the removed, who came past the door, and nobody else", async () => {
  const meeting = await aMeetingInLiveKit();
  const ada = await meeting.seat({});
  const eve: Identity = await meeting.seat({});
  for (const path of [
    await rtc(meeting, ada),
    `${await rtc(meeting, ada)}&publish=x`,
    await rtc(meeting, newIdentity()),
    await rtc(meeting, eve),
  ]) {
    expect(await knock(path, livekit.signalPort)).toBe(101);
  }
  await vi.waitFor(async () => expect(await inside(meeting)).toHaveLength(4));
  await redis().hset(keys.seat(meeting.code, eve), { status: "removed" });
  await sweepOnce("local-a", [`${meeting.sessionId}.a`], Date.now());
  await vi.waitFor(async () => expect(await inside(meeting)).toEqual([ada]));
});

test("[K7] a join costs two questions to Redis, the first of a session one more", async () => {
  const meeting = await aMeetingInLiveKit();
  const [ada, bea] = [await meeting.seat({}), await meeting.seat({})];
  const [first, path] = [await rtc(meeting, ada), await rtc(meeting, bea)];
  const fetched = vi.spyOn(globalThis, "fetch");
  const asked = () => fetched.mock.calls.filter(([url]) => String(url).startsWith(inject("redis").url)).length;
  expect(await knock(first)).toBe(101);
  await vi.waitFor(() => expect(asked()).toBe(3));
  expect(await knock(path)).toBe(101);
  await vi.waitFor(() => expect(asked()).toBe(5));
  fetched.mockRestore();
});
