import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { newIdentity } from "#lib/ids.ts";
import { NO_LOCKS } from "#lib/rooms/room.ts";
import { aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { meetingGrant, permissionOf } from "#lib/tokens/grants.ts";
import { type RunningGatekeeper, startGatekeeper } from "../scripts/stack/gatekeeper.ts";
import { getLiveKit } from "../scripts/provision/livekit-binary.ts";
import { type RunningLiveKit, startLiveKit } from "../scripts/stack/livekit.ts";
import { stopAllProcesses } from "../scripts/stack/process.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { knockAt } from "../tests/support/gatekeeper.ts";
import { metricValue } from "../tests/support/metric-value.ts";

const KEY = { apiKey: "door", apiSecret: "door-tests-only-door-tests-only-door-tests" };

let directory: string;
let livekit: RunningLiveKit;
let gatekeeper: RunningGatekeeper;
let port: number;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-metrics-"));
  const [metricsPort, ownPort] = await Promise.all([freePort(), freePort()]);
  port = ownPort;
  const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/", directory };
  livekit = await startLiveKit({ binary: await getLiveKit(), metricsPort, ...where, ...KEY });
  gatekeeper = await startGatekeeper({
    livekit: { apiUrl: livekit.apiUrl, ...KEY },
    site: "local-a",
    // As on one server; the other tests of gatekeepers go through the other way.
    redis: { redisUrl: `redis://127.0.0.1:${inject("redis").port}` },
    log: join(directory, "gatekeeper.log"),
    metrics: { port, livekitUrl: `http://127.0.0.1:${metricsPort}/metrics` },
  });
}, 300_000);
afterAll(async () => {
  await stopAllProcesses();
  await rm(directory, { recursive: true, force: true });
});

const read = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
/** The value of one series of this site. */
const valueOf = async (name: string, labels: Record<string, string> = {}) =>
  metricValue(await read("/metrics"), name, { process: "gatekeeper", site: "local-a", ...labels });

test("[O41] a real gatekeeper measures who is admitted, refused, present and evicted, and Redis", async () => {
  const meeting = await aRunningMeeting();
  const room = `${meeting.sessionId}.a`;
  await new RoomServiceClient(livekit.apiUrl, KEY.apiKey, KEY.apiSecret).createRoom({ name: room });
  const pathOf = async (identity: string) => {
    const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { identity, ttl: 60 });
    token.addGrant(meetingGrant(room, permissionOf("participant", NO_LOCKS)));
    return `/rtc?access_token=${await token.toJwt()}&protocol=16`;
  };
  const [ada, stranger] = [await meeting.seat({}), newIdentity()];
  const inside = await knockAt(gatekeeper.port, await pathOf(ada));
  expect([inside.status, (await knockAt(gatekeeper.port, await pathOf(stranger))).status]).toEqual([101, 403]);
  await vi.waitFor(async () => expect(await valueOf("veet_people", { kind: "meeting" })).toBe(1), { timeout: 20_000 });
  expect(await valueOf("veet_rooms", { kind: "meeting" })).toBe(1);
  expect(await valueOf("veet_door_total", { status: "101" })).toBe(1);
  expect(await valueOf("veet_door_total", { status: "403" })).toBe(1);
  expect(await valueOf("veet_livekit_up")).toBe(1);
  expect(Math.abs(await valueOf("veet_clock_ahead_seconds"))).toBeLessThan(30);
  expect(await valueOf("veet_dependency_seconds_count", { dependency: "redis" })).toBeGreaterThan(0);
  expect(await valueOf("veet_dependency_failures_total", { dependency: "redis" })).toBe(0);
  expect(await valueOf("veet_sweep_seconds_count")).toBeGreaterThan(0);

  const past = await knockAt(livekit.signalPort, await pathOf(stranger));
  expect(past.status).toBe(101);
  await vi.waitFor(async () => expect(await valueOf("veet_evictions_total")).toBeGreaterThan(0), { timeout: 20_000 });
  for (const { socket } of [inside, past]) socket?.destroy();
}, 60_000);

test("[O40] it passes on LiveKit's own metrics, and serves no metrics on the signalling port", async () => {
  expect(await read("/livekit")).toMatch(/^livekit_room_total\{node_id="[^"]+"/m);
  expect((await fetch(`http://127.0.0.1:${gatekeeper.port}/metrics`)).status).toBe(404);
});

test("[O42] no metric identifies a room or a user", async () => {
  const text = await read("/metrics");
  expect(text).toMatch(/^veet_people/m);
  expect(text).not.toMatch(/[0-9a-z]{20}/);
});
