import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { expect, test, vi } from "vitest";
import { newIdentity, newSessionId } from "#lib/ids.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import type { SiteNode } from "../scripts/stack/site-node.ts";
import { openDirectory } from "./directory.ts";
import { usePairedSite } from "../tests/support/paired-site.ts";

const pair = usePairedSite();

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

test("[K15] each room of a site is swept by the gatekeeper beside its node, and by all of them when that one is gone", async () => {
  const siteRedisUrl = `redis://127.0.0.1:${pair().redis?.port}`;
  const ask = async (...command: [string, ...string[]]) => (await pair().redis?.client.run(command)) as string[];
  const directories = pair().nodes.map(({ metricsUrl, ports }) =>
    openDirectory({ siteRedisUrl, metricsUrl, port: ports.gatekeeper }),
  );
  for (const { announce } of directories) await vi.waitFor(announce);
  // As LiveKit writes it when it creates a room; it would choose one node for all of these while the other is busy.
  const ids = await ask("HKEYS", "nodes");
  const names = Array.from({ length: 24 }, () => `${newSessionId()}.a`);
  for (const [at, name] of names.entries()) await ask("HSET", "room_node_map", name, ids[at % 2] ?? "");
  const orphaned = `${newSessionId()}.a`;
  await ask("HSET", "room_node_map", orphaned, "ND_gone");

  const owned = await Promise.all(directories.map(({ ownOf }) => ownOf([...names, orphaned])));
  const byHolder = await Promise.all(names.map((name) => pair().nodeOf(name)));
  pair().nodes.forEach((node, index) => {
    const own = names.filter((_, at) => byHolder[at] === node);
    expect(owned[index]?.toSorted()).toEqual([...own, orphaned].toSorted());
  });
  expect(new Set(byHolder).size).toBe(2);
  for (const { close } of directories) close();
  // Without the site's Redis no gatekeeper knows its own rooms: then each sweeps all of them.
  expect(await directories[0]?.ownOf(names)).toEqual(names);
});

test("[K9] signalling that arrives at another server is forwarded to the one that has the room", async () => {
  const { apiUrl, apiKey, apiSecret } = pair().media;
  const meeting = await aRunningMeeting();
  const room = `${meeting.sessionId}.a`;
  const rooms = new RoomServiceClient(apiUrl, apiKey, apiSecret);
  await rooms.createRoom({ name: room });
  const ada = await meeting.seat({});
  const pathOf = async (identity: string) => {
    const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 60 });
    token.addGrant(meetingGrant(room, permissionOf("participant", NO_LOCKS)));
    return `/rtc?access_token=${await token.toJwt()}&protocol=16`;
  };
  const holder = await pair().nodeOf(room);
  const other = pair().nodes.find((node) => node !== holder);
  if (!holder || !other) throw new Error("The room is on none of the two");
  const known = () => pair().redis?.client.run(["KEYS", "veet:gatekeeper:*"]);
  await expect.poll(known, { timeout: 10_000 }).toHaveLength(2);

  const path = await pathOf(ada);
  // The server that has the room checks the request, so both gatekeepers refuse it.
  await expect(connect(other, await pathOf(newIdentity()))).rejects.toThrow("refused with 403");
  const socket = await connect(other, path);
  await expect.poll(async () => (await rooms.listParticipants(room)).map(({ identity }) => identity)).toEqual([ada]);
  const closed = once(socket.resume(), "close");
  await holder.kill();
  await closed;
  expect(other.isRunning()).toBe(true);

  // LiveKit still assigns the room to the dead node: a participant who is not sent there finds it created again.
  const comeBack = () =>
    connect(other, path).then(
      (again) => again.destroy() && true,
      () => false,
    );
  await expect.poll(comeBack, { timeout: 20_000 }).toBe(true);
}, 30_000);
