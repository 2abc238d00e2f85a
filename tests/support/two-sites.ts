import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { writeMediaSites } from "#lib/media-sites.ts";
import { keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { getLiveKit } from "../../scripts/provision/livekit-binary.ts";
import { type RunningLiveKit, startLiveKit } from "../../scripts/stack/livekit.ts";

/** Sites by name, with LiveKit's admin API for both. */
export type TwoSites = {
  /** In the region `local`. */
  near: string;
  /** In the region `far`. */
  far: string;
  admin: (site: string) => RoomServiceClient;
  roomNames: (site: string) => Promise<string[]>;
};

/** A site of the region `dead`, where nothing listens. */
const DEAD = "dead-a";

const KEY = { apiKey: "legs", apiSecret: "legs-tests-only-legs-tests-only-legs-tests" };
const AWAY = { ...KEY, url: "ws://127.0.0.1:9", apiUrl: "http://127.0.0.1:9" };

/**
 * Runs two real LiveKit servers for the tests of one file, and cleans up after each test.
 *
 * Files run in parallel on one Redis, which stores for each site whether it fails or is drained: a file that changes this
 * must use site names that no other file has.
 */
export function useTwoSites({ near, far }: Pick<TwoSites, "near" | "far">): TwoSites {
  const servers = new Map<string, RunningLiveKit>();
  let directory: string;
  const admin = (site: string) => new RoomServiceClient(servers.get(site)?.apiUrl ?? "", KEY.apiKey, KEY.apiSecret);
  const roomNames = async (site: string) => (await admin(site).listRooms()).map(({ name }) => name);

  beforeAll(async () => {
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    directory = await mkdtemp(join(tmpdir(), "veet-legs-"));
    const binary = await getLiveKit();
    for (const site of [near, far]) {
      const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/" };
      servers.set(site, await startLiveKit({ binary, directory: join(directory, site), ...where, ...KEY }));
    }
    const running = [...servers].map(([site, { url, apiUrl }]) => ({ site, url, apiUrl, ...KEY }));
    // Before any module reads the environment.
    process.env.MEDIA_SITES = writeMediaSites([
      ...running.map((one) => ({ ...one, region: one.site === near ? "local" : "far" })),
      { site: DEAD, region: "dead", ...AWAY },
    ]);
  }, 300_000);

  afterEach(async () => {
    for (const site of servers.keys()) {
      for (const name of await roomNames(site)) await admin(site).deleteRoom(name);
    }
    await redis().del(...[near, far, DEAD].flatMap((site) => [keys.breaker(site), keys.drained(site)]));
  });

  afterAll(async () => {
    await Promise.all([...servers.values()].map(({ process: running }) => running.stop()));
    await rm(directory, { recursive: true, force: true });
    vi.restoreAllMocks();
  });

  return { near, far, admin, roomNames };
}
