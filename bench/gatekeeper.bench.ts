import { once } from "node:events";
import { writeMediaSites } from "#lib/media-sites.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { RoomServiceClient } from "livekit-server-sdk";
import { WebSocket, WebSocketServer } from "ws";
import { type AppStack, startAppStack } from "../tests/e2e/support/app-stack.ts";
import { type ApiClient, apiClient } from "../tests/e2e/support/api.ts";
import { newAccountId } from "../tests/e2e/support/ids.ts";
import { redis, roomKey } from "../tests/e2e/support/redis.ts";
import { readStack } from "../tests/e2e/support/stack.ts";
import { startTcpPath } from "../scripts/simulation/delay-proxy.ts";
import { ONE_SITE } from "../scripts/simulation/site-plan.ts";
import { startChild } from "./support/child.ts";
import { report } from "./support/results.ts";
import { join, signalPath } from "./support/signalling.ts";

/** Requests per path, alternating, so that both paths see the same load. */
const ASKED = 300;
/** The first requests also pay for lazy loading. */
const WARMING_UP = 50;
const JOINED = 60;
const CONNECTIONS = 1_000;
const MEETINGS = 100;
const RACES = 40;

let stack: AppStack;
test.beforeAll(async () => void (stack = await startAppStack(ONE_SITE)));
test.afterAll(() => stack.stop());

const siteOf = () => {
  const [media] = stack.sites.map((site) => site.media);
  if (!media) throw new Error("There is no site");
  return media;
};

/** A meeting that its host opened, with its LiveKit room. */
async function openMeeting() {
  const host = await apiClient({ accountId: newAccountId(), name: "Hanna Host" });
  const { code } = (await host.post("/api/rooms")).body;
  const entered = (await host.enter(code)).body;
  const [{ token }] = entered.legs;
  const { sub, video } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));
  return { host, code, token, room: video.room as string, identity: sub as string };
}

test("what the gatekeeper adds to a LiveKit request", async () => {
  const media = siteOf();
  const { token } = await openMeeting();
  const [through, past]: [number[], number[]] = [[], []];
  for (let asked = 0; asked < WARMING_UP + ASKED; asked += 1) {
    const [withDoor, without] = [await ask(media.url.replace("ws", "http"), token), await ask(media.apiUrl, token)];
    if (asked < WARMING_UP) continue;
    through.push(withDoor);
    past.push(without);
  }
  const added = through.map((ms, index) => ms - (past[index] ?? NaN));
  report({ livekit_validate_ms: past, gatekeeper_validate_ms: through, gatekeeper_adds_ms: added }, "ms");
});

/** @returns how long LiveKit took to answer a valid token, in ms. */
async function ask(baseUrl: string, token: string): Promise<number> {
  const startedAtMs = performance.now();
  const response = await fetch(`${baseUrl}/rtc/validate?access_token=${token}`);
  expect(await response.text()).toBe("success");
  return performance.now() - startedAtMs;
}

test("what the gatekeeper adds to a join", async () => {
  const media = siteOf();
  const { room, identity } = await openMeeting();
  const [through, past]: [number[], number[]] = [[], []];
  for (let joined = 0; joined < 10 + JOINED; joined += 1) {
    for (const [base, times] of [
      [media.url, through],
      [media.apiUrl.replace("http", "ws"), past],
    ] as const) {
      const { socket, tookMs } = await join(base + (await signalPath(media, room, identity)));
      socket.close();
      await once(socket, "close");
      if (joined >= 10) times.push(tookMs);
    }
  }
  const added = through.map((ms, index) => ms - (past[index] ?? NaN));
  report({ livekit_join_ms: past, gatekeeper_join_ms: through, gatekeeper_adds_to_join_ms: added }, "ms");
});

/** The memory per connection of `CONNECTIONS` browser connections that each sent and received a message, in bytes. */
async function bytesOfConnections(options: object): Promise<number> {
  const key = { apiKey: "bench", apiSecret: "b".repeat(40) };
  const listener = new WebSocketServer({ noServer: true });
  listener.on("connection", (socket) => socket.on("message", (data) => socket.send(data)));
  const behind = createServer().on("upgrade", (request, socket, head) =>
    listener.handleUpgrade(request, socket, head, (ws) => listener.emit("connection", ws)),
  );
  await once(behind.listen(0, "127.0.0.1"), "listening");
  const target = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
  const env = { VEET_TARGET: target, VEET_KEY: key.apiKey, VEET_SECRET: key.apiSecret };
  const door = await startChild("door-process.ts", env, ["--expose-gc", "--max-semi-space-size=1"]);
  const { port } = door.first as { port: number };
  const sockets: WebSocket[] = [];
  const connect = async (number: number) => {
    const path = await signalPath(key, "abcdefghij0123456789.a", `p_${number}`);
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
    sockets.push(socket);
    await once(socket, "open");
    const echo = once(socket, "message");
    socket.send("a description of tracks ".repeat(200));
    await echo;
  };
  const connectMore = async (from: number) => {
    for (let more = from; more < from + CONNECTIONS; more += 20)
      await Promise.all(Array.from({ length: 20 }, (_, index) => connect(more + index)));
  };
  // The first connections pay for a heap that grows in steps.
  await connectMore(0);
  const { rssBytes: before } = await door.ask<{ rssBytes: number }>();
  await connectMore(CONNECTIONS);
  const { rssBytes: after } = await door.ask<{ rssBytes: number }>();
  for (const socket of sockets) socket.terminate();
  door.stop();
  behind.close();
  return (after - before) / CONNECTIONS;
}

test("the memory of a connection", async () => {
  const measured: Record<string, number[]> = {
    gatekeeper_connection_bytes: [],
    gatekeeper_connection_deflated_bytes: [],
  };
  for (let run = 0; run < 3; run += 1) {
    measured.gatekeeper_connection_bytes?.push(await bytesOfConnections({ perMessageDeflate: false }));
    measured.gatekeeper_connection_deflated_bytes?.push(await bytesOfConnections({ perMessageDeflate: true }));
  }
  report(measured, "bytes");
});

test("a sweep of a hundred meetings with Redis 80 ms away", async () => {
  const media = siteOf();
  const rooms = new RoomServiceClient(media.apiUrl, media.apiKey, media.apiSecret);
  const names = await Promise.all(Array.from({ length: MEETINGS }, () => storedMeeting(rooms)));
  const { url, token } = readStack().redis;
  const path = await startTcpPath([Number(new URL(url).port)], 80);
  const env = {
    NEXTAUTH_URL: "http://localhost",
    NEXTAUTH_SECRET: "n".repeat(40),
    IDENTITY_SECRET: "i".repeat(40),
    MEDIA_SITES: writeMediaSites([media]),
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${path.port}`,
    UPSTASH_REDIS_REST_TOKEN: token,
    VEET_ROOMS: JSON.stringify(names),
    VEET_SITE: media.site,
  };
  const child = await startChild("sweep-process.ts", env);
  const runs = [];
  for (let run = 0; run < 10; run += 1) runs.push(await child.ask<{ tookMs: number; questions: number }>());
  child.stop();
  await path.close();
  report({ gatekeeper_sweep_100_meetings_ms: runs.slice(1).map(({ tookMs }) => tookMs) }, "ms");
  console.log(`Questions to Redis in each sweep: ${runs.map(({ questions }) => questions).join(" ")}`);
});

/** One participant in LiveKit and in Redis. @returns the meeting's LiveKit room. */
async function storedMeeting(rooms: RoomServiceClient): Promise<string> {
  const random = (length: number) =>
    Array.from(crypto.getRandomValues(new Uint8Array(length)), (n) => (n % 36).toString(36)).join("");
  const letters = (length: number) => random(length).replaceAll(/\d/g, "x");
  const [session, identity] = [random(20), `p_${random(20)}`];
  const code = `${letters(3)}-${letters(4)}-${letters(3)}`;
  const room = `${session}.a`;
  const now = Date.now();
  await redis("HSET", roomKey(code, "room"), "ownerId", "a_bench");
  await redis("HSET", roomKey(code, "session"), "sessionId", session, "hadHost", 1);
  await redis("HSET", roomKey(code, "legs"), "a", `local-a|${room}|live`);
  await redis("HSET", roomKey(code, `seat:${identity}`), "personKey", "g_bench", "status", "present", "homeLeg", "a");
  await redis("ZADD", roomKey(code, "hosts"), now + 600_000, identity);
  await redis("SET", `veet:session:${session}`, code, "PX", 600_000);
  await rooms.createRoom({ name: room });
  const path = await signalPath(siteOf(), room, identity);
  await join(siteOf().url + path);
  return room;
}

test("a removal at the moment of joining", async () => {
  const media = siteOf();
  const rooms = new RoomServiceClient(media.apiUrl, media.apiKey, media.apiSecret);
  const stayed: number[] = [];
  for (let meeting = 0; meeting < 2; meeting += 1) {
    const { host, code, room } = await openMeeting();
    await host.moderate(code, { action: "set-access", access: "open" });
    for (let race = 0; race < RACES / 2; race += 1) stayed.push(await raceOnce({ host, code, room }, rooms, race * 2));
  }
  report({ gatekeeper_expel_race_stayed_ms: stayed }, "ms");
  console.log(
    `Races in which the removed guest stayed longer than 300 ms: ${stayed.filter((ms) => ms > 300).length} of ${stayed.length}`,
  );
});

type Meeting = { host: ApiClient; code: string; room: string };

/** @returns how long LiveKit still listed the guest after the host had the answer to the removal, in ms. */
async function raceOnce({ host, code, room }: Meeting, rooms: RoomServiceClient, afterMs: number): Promise<number> {
  const media = siteOf();
  const guest = await apiClient();
  const entered = (await guest.enter(code, "Eve")).body;
  const { token } = entered.legs[0];
  const identity = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8")).sub as string;
  const socket = new WebSocket(`${media.url}/rtc?access_token=${token}&protocol=16`);
  socket.on("error", () => undefined);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const { status } = await host.moderate(code, { action: "expel", identity, ban: false });
  expect(status).toBe(200);
  const answeredAtMs = performance.now();
  const isOver = socket.readyState === WebSocket.CLOSED;
  // `once` of node:events would treat a refusal as an error of ours.
  const closed = new Promise((resolve) => (isOver ? resolve(0) : socket.once("close", resolve)));
  let lastSeenAtMs = answeredAtMs;
  // The connection may still be opening when the answer arrives.
  while (performance.now() - answeredAtMs < 1_000) {
    const listed = await rooms.listParticipants(room);
    if (listed.some((one) => one.identity === identity)) lastSeenAtMs = performance.now();
  }
  await closed;
  await guest.dispose();
  return lastSeenAtMs - answeredAtMs;
}
