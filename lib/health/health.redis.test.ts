import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, type Server as SocketServer, createServer as createSilent } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { newSessionId } from "#lib/ids.ts";
import { writeMediaSites } from "#lib/media-sites.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { createBeat } from "../../gatekeeper/beat.ts";
import { getLiveKit } from "../../scripts/provision/livekit-binary.ts";
import { type RunningLiveKit, startLiveKit } from "../../scripts/stack/livekit.ts";
import { NOTE_IS_OLD_MS } from "./health.ts";
import { readSites, saveNote } from "./health-repository.ts";
import { probeSites, readRegionsHealth, readStatus } from "./health-service.ts";

const KEY = { apiKey: "health", apiSecret: "health-tests-only-health-tests-only" };
const NOW = Date.now();
let directory: string;
let livekit: RunningLiveKit;
/** Answers 406, as LiveKit does without its Valkey. */
let lost: Server;
/** Accepts connections and never answers, like a frozen machine. */
let frozen: SocketServer;
let askedLost = 0;

beforeAll(async () => {
  for (const stream of ["info", "warn", "error"] as const)
    vi.spyOn(console, stream).mockImplementation(() => undefined);
  directory = await mkdtemp(join(tmpdir(), "veet-health-"));
  const where = { region: "near", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/", directory };
  livekit = await startLiveKit({ binary: await getLiveKit(), ...where, ...KEY });
  lost = createServer((request, response) => {
    if (request.url === "/") askedLost += 1;
    response.writeHead(request.url === "/" ? 406 : 503).end();
  });
  frozen = createSilent();
  const ports = await Promise.all([listen(lost), listen(frozen)]);
  const addresses = [livekit.apiUrl, ...ports.map((port) => `http://127.0.0.1:${port}`), livekit.apiUrl];
  const names = ["near-a", "near-b", "far-a", "near-a"];
  const sites = addresses.map((apiUrl, index) => {
    const site = names[index] ?? "";
    const apiKey = index === 3 ? "health-2" : KEY.apiKey;
    return { site, region: site.split("-")[0] ?? "", url: apiUrl.replace("http", "ws"), apiUrl, ...KEY, apiKey };
  });
  // This runs before anything reads the environment. The first site is listed twice, as it is while its key is replaced.
  process.env.MEDIA_SITES = writeMediaSites(sites);
}, 300_000);

beforeEach(async () => {
  const known = ["near-a", "near-b", "far-a"];
  await redis().del(
    ...known.flatMap((site) => [keys.siteLook(site), keys.siteLooking(site), keys.siteNodes(site), keys.drained(site)]),
  );
});

afterAll(async () => {
  lost.close();
  frozen.close();
  await livekit.process.stop();
  await rm(directory, { recursive: true, force: true });
  vi.restoreAllMocks();
});

function listen(server: SocketServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

const nearNode = () => saveNote("near-a", { node: "n1", atMs: NOW, load: 0.25, isUp: true, clockMs: 0 });
const beatBeside = (port: number, target: string) =>
  createBeat({ GATEKEEPER_SITE: "near-a", GATEKEEPER_PORT: port, GATEKEEPER_TARGET: target }, () => NOW).beat();

test("[O4] [O5] without a schedule the first request checks the sites, and the public sees up or down for each region", async () => {
  await nearNode();
  expect(await readRegionsHealth(NOW)).toEqual({
    regions: [
      { region: "near", health: "up" },
      { region: "far", health: "down" },
    ],
  });
});

test("[O5] concurrent requests check a site once", async () => {
  askedLost = 0;
  await Promise.all(Array.from({ length: 8 }, () => readRegionsHealth(NOW)));
  await readRegionsHealth(NOW + 59_000);
  expect(askedLost).toBe(1);
});

test("[O5] the schedule checks every site, except those that are being checked", async () => {
  await redis().set(keys.siteLooking("near-b"), "1", { px: 60_000 });
  expect(await probeSites(NOW)).toBe(2);
  const known = await readSites(["near-a", "near-b", "far-a"], Date.now());
  expect(known.map(({ look }) => look?.server)).toEqual(["ready", undefined, "silent"]);
  expect(known[0]?.look).toMatchObject({ atMs: NOW, isListed: true });
});

test("[O6] [O7] the status says for each site what is wrong, also while one of them hangs", async () => {
  await nearNode();
  await redis().set(keys.drained("far-a"), "1", { px: 60_000 });
  const { regions } = await readStatus(NOW);
  const rows = regions.flatMap(({ region, health, sites }) =>
    sites.map(({ site, health: own, trouble, nodes, isDrained }) => [
      region,
      health,
      site,
      own,
      trouble,
      nodes,
      isDrained,
    ]),
  );
  expect(rows).toEqual([
    ["near", "up", "near-a", "well", undefined, 1, false],
    ["near", "up", "near-b", "degraded", "lost", 0, false],
    ["far", "down", "far-a", "down", "silent", 0, true],
  ]);
});

test("[O6] [O9] live sessions come from LiveKit's own list, and nothing in it opens a meeting", async () => {
  const session = newSessionId();
  const rooms = new RoomServiceClient(livekit.apiUrl, KEY.apiKey, KEY.apiSecret);
  for (const name of [`${session}.a`, `lobby.${session}`, "someone-elses"]) await rooms.createRoom({ name });
  const { sessions, sessionCount, regions } = await readStatus(NOW);
  expect(sessions).toMatchObject([{ session, participants: 0, legs: [{ leg: "a", site: "near-a" }] }]);
  expect(sessionCount).toBe(1);
  expect(regions[0]?.sites[0]?.look).toMatchObject({ rooms: 3, participants: 0, publishers: 0 });
});

test("[O7] an unreadable check counts as none", async () => {
  await redis().set(keys.siteLook("near-a"), '{"atMs":"yesterday"}');
  expect((await readSites(["near-a"], Date.now()))[0]?.look).toBeUndefined();
});

test("[O8] a gatekeeper reports how full its node is, and that its LiveKit is down", async () => {
  await beatBeside(1, livekit.apiUrl);
  await beatBeside(2, "http://127.0.0.1:9");
  const [known] = await readSites(["near-a"], Date.now());
  expect(known?.notes.map(({ isUp, atMs }) => [isUp, atMs]).toSorted()).toEqual([
    [false, NOW],
    [true, NOW],
  ]);
  expect(known?.notes.every(({ load }) => load >= 0)).toBe(true);
});

test("[H52] a gatekeeper reports once a minute, and right away when its LiveKit stops or runs again", async () => {
  let isUp = true;
  const behind = createServer((_, response) => response.writeHead(isUp ? 200 : 503).end());
  const own = { GATEKEEPER_SITE: "near-a", GATEKEEPER_PORT: 9 };
  const startMs = Date.now();
  let nowMs = startMs;
  const { beat } = createBeat({ ...own, GATEKEEPER_TARGET: `http://127.0.0.1:${await listen(behind)}` }, () => nowMs);
  const fetched = vi.spyOn(globalThis, "fetch");
  /** Whether it reports this long after the first report. */
  const reportsAt = async (afterMs: number) => {
    fetched.mockClear();
    nowMs = startMs + afterMs;
    await beat();
    return fetched.mock.calls.some(([url]) => String(url).startsWith(inject("redis").url));
  };
  expect([await reportsAt(0), await reportsAt(0)]).toEqual([true, false]);
  isUp = false;
  expect([await reportsAt(0), await reportsAt(0)]).toEqual([true, false]);
  isUp = true;
  expect([await reportsAt(0), await reportsAt(0)]).toEqual([true, false]);
  expect([await reportsAt(59_999), await reportsAt(60_000)]).toEqual([false, true]);
  fetched.mockRestore();
  behind.close();
});

test("[O8] nodes that have not reported for long are deleted", async () => {
  const note = { load: 0.5, isUp: true, clockMs: 0 };
  await saveNote("near-a", { node: "old", atMs: NOW - 5 * NOTE_IS_OLD_MS - 1, ...note });
  await saveNote("near-a", { node: "silent", atMs: NOW - 5 * NOTE_IS_OLD_MS, ...note });
  await saveNote("near-a", { node: "new", atMs: NOW, ...note });
  const [known] = await readSites(["near-a"], Date.now());
  expect(known?.notes.map(({ node }) => node).toSorted()).toEqual(["new", "silent"]);
});

test("[K17] times reported by a node with another clock are converted to ours, and the difference is known", async () => {
  const ahead = 45_000;
  await saveNote("near-a", { node: "ahead", atMs: Date.now() + ahead, load: 0.5, isUp: true, clockMs: ahead });
  await saveNote("near-a", { node: "right", atMs: Date.now(), load: 0.5, isUp: true, clockMs: 40 });
  const [known] = await readSites(["near-a"], Date.now());
  const [first, right] = known?.notes.toSorted((a, b) => b.clockMs - a.clockMs) ?? [];
  expect([Math.round((first?.clockMs ?? 0) / 1_000), right?.clockMs]).toEqual([45, 0]);
  expect(Math.round(((first?.atMs ?? 0) - Date.now()) / 1_000)).toBeLessThanOrEqual(0);
  // Our own clock may be the wrong one.
  const [seenFromBehind] = await readSites(["near-a"], Date.now() - ahead);
  expect(seenFromBehind?.notes.map(({ clockMs }) => Math.round(clockMs / 1_000)).toSorted()).toEqual([45, 90]);
});

test("[K17] a gatekeeper measures its clock against Redis', and reports a large difference", async () => {
  const logged = vi.spyOn(console, "error");
  logged.mockClear();
  const own = { GATEKEEPER_SITE: "near-a", GATEKEEPER_PORT: 1, GATEKEEPER_TARGET: livekit.apiUrl };
  const behind = createBeat(own, () => Date.now() - 40_000);
  await behind.beat();
  expect(logged.mock.calls.map(([line]) => JSON.parse(String(line)))).toMatchObject([
    { event: "gatekeeper.clocks-apart" },
  ]);
  await behind.beat();
  const [known] = await readSites(["near-a"], Date.now());
  expect(known?.notes.map(({ clockMs }) => Math.round(clockMs / 1_000))).toEqual([-40]);
});
