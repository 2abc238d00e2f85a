import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import { getLiveKit } from "../scripts/stack/livekit-binary.ts";
import { stopAllProcesses } from "../scripts/stack/process.ts";
import { requireRedis } from "../scripts/stack/redis-binary.ts";
import { startSites, type RunningSite } from "../scripts/stack/site.ts";
import type { SiteNode } from "../scripts/stack/site-node.ts";

let directory: string;
let site: RunningSite;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-directory-"));
  const means = {
    livekitBinary: await getLiveKit(),
    redisBinary: await requireRedis(),
    directory,
    logs: directory,
    secret: "directory-tests-only",
    appRedis: inject("redis"),
    webhookUrl: "http://127.0.0.1:9/",
    nodeIp: "127.0.0.1",
  };
  const [started] = await startSites([{ site: "pair", region: "pair", nodes: 2, hasRedis: true }], means);
  if (!started) throw new Error("No site was started");
  site = started;
}, 300_000);

afterAll(async () => {
  await stopAllProcesses();
  await rm(directory, { recursive: true, force: true });
});

/** Opens signalling at a gatekeeper, as a browser does. @returns its connection. */
function connect(at: SiteNode, path: string): Promise<Socket> {
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const key = { "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };
  const asking = request({ port: at.ports.gatekeeper, path, headers: { ...headers, ...key } });
  return new Promise((resolve, reject) => {
    asking.on("upgrade", (_, socket) => resolve(socket));
    asking.on("response", (response) => reject(new Error(`refused with ${response.resume().statusCode}`)));
    asking.on("error", reject).end();
  });
}

test("[K9] signalling that comes to another server ends with the one that has the room", async () => {
  const { apiUrl, apiKey, apiSecret } = site.media;
  const meeting = await aRunningMeeting();
  const room = `${meeting.sessionId}.a`;
  const rooms = new RoomServiceClient(apiUrl, apiKey, apiSecret);
  await rooms.createRoom({ name: room });
  const ada = await meeting.seat({});
  const token = new AccessToken(apiKey, apiSecret, { identity: ada, ttl: 60 });
  token.addGrant(meetingGrant(room, permissionOf("participant", NO_LOCKS)));
  const holder = await site.nodeOf(room);
  const other = site.nodes.find((node) => node !== holder);
  if (!holder || !other) throw new Error("The room is on none of the two");
  const known = () => site.redis?.client.run(["KEYS", "veet:gatekeeper:*"]);
  await expect.poll(known, { timeout: 10_000 }).toHaveLength(2);

  const path = `/rtc?access_token=${await token.toJwt()}&protocol=16`;
  const socket = await connect(other, path);
  await expect.poll(async () => (await rooms.listParticipants(room)).map(({ identity }) => identity)).toEqual([ada]);
  const closed = once(socket.resume(), "close");
  await holder.kill();
  await closed;
  expect(other.isRunning()).toBe(true);

  // LiveKit still names the dead one as the room's: whoever is not sent there finds the room made anew.
  const comeBack = () =>
    connect(other, path).then(
      (again) => again.destroy() && true,
      () => false,
    );
  await expect.poll(comeBack, { timeout: 20_000 }).toBe(true);
}, 30_000);
