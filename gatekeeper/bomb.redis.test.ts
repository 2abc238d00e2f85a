import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { newLobbyIdentity } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { lobbyGrant, meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import { getLiveKit } from "../scripts/provision/livekit-binary.ts";
import { stopAllProcesses } from "../scripts/stack/process.ts";
import { type RunningSite, startSites } from "../scripts/stack/site.ts";
import type { SiteNode } from "../scripts/stack/site-node.ts";
import { deflatedZeros, residentMb, sendMessage } from "../tests/support/bomb.ts";
import { knockAt } from "../tests/support/gatekeeper.ts";

/**
 * What both processes may allocate for other reasons during the attack, in MB. LiveKit 1.13.5 without the gatekeeper allocated
 * 700.
 */
const NOISE_MB = 48;
const DEFLATE = { "sec-websocket-extensions": "permessage-deflate; client_max_window_bits" };

let directory: string;
let site: RunningSite;
let node: SiteNode;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-bomb-"));
  const means = {
    livekitBinary: await getLiveKit(),
    redisBinary: undefined,
    directory,
    logs: directory,
    secret: "bomb-tests-only",
    appRedis: inject("redis"),
    webhookUrl: "http://127.0.0.1:9/",
    nodeIp: "127.0.0.1",
  };
  const [started] = await startSites([{ site: "bomb", region: "bomb", nodes: 1, hasRedis: false }], means);
  if (!started?.nodes[0]) throw new Error("No site was started");
  site = started;
  node = started.nodes[0];
}, 300_000);

afterAll(async () => {
  await stopAllProcesses();
  await rm(directory, { recursive: true, force: true });
});

/** Where a waiting guest and a participant signal. */
async function waysIn() {
  const { apiUrl, apiKey, apiSecret } = site.media;
  const meeting = await aRunningMeeting();
  const rooms = new RoomServiceClient(apiUrl, apiKey, apiSecret);
  const [room, lobby] = [`${meeting.sessionId}.a`, `lobby.${meeting.sessionId}`];
  for (const name of [room, lobby]) await rooms.createRoom({ name });
  const guest = newLobbyIdentity();
  await redis().hset(keys.ofRoom("lobby", meeting.code), { [guest]: "t_1" });
  await redis().hset(keys.ofRoom("ticket", meeting.code, "t_1"), { status: "waiting" });
  const pathOf = async (identity: string, grant: object) => {
    const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 60 });
    token.addGrant(grant);
    return `/rtc?access_token=${await token.toJwt()}&protocol=16`;
  };
  const people = () => rooms.listParticipants(room).then((all) => all.length);
  return {
    waiting: () => pathOf(guest, lobbyGrant(lobby)),
    inside: async () => pathOf(await meeting.seat({}), meetingGrant(room, permissionOf("participant", NO_LOCKS))),
    people,
  };
}

test("[K12] whatever a guest or a participant sends, LiveKit's memory does not grow", async () => {
  const { waiting, inside, people } = await waysIn();
  const deflated = await deflatedZeros(600);
  expect(deflated.byteLength).toBeLessThan(610 * 1024);
  const other = await knockAt(node.ports.gatekeeper, await inside());
  expect(other.status).toBe(101);
  await vi.waitFor(async () => expect(await people()).toBe(1));
  const before = [residentMb(node.pid()), residentMb(node.gatekeeperPid())];

  for (const path of [waiting, inside]) {
    for (const message of [{ deflated }, { megabytes: 300 }]) {
      const { status, socket } = await knockAt(node.ports.gatekeeper, await path(), DEFLATE);
      if (!socket) throw new Error(`refused with ${status}`);
      await sendMessage(socket, message);
    }
  }

  const after = [residentMb(node.pid()), residentMb(node.gatekeeperPid())];
  expect(after.map((mb, index) => mb - (before[index] ?? 0)).filter((grown) => grown > NOISE_MB)).toEqual([]);
  // A participant who did nothing is still connected, and is the only one once LiveKit has removed those who were cut off.
  await vi.waitFor(async () => expect(await people()).toBe(1), { timeout: 30_000, interval: 250 });
  expect([other.socket?.destroyed, node.isRunning()]).toEqual([false, true]);
}, 60_000);
