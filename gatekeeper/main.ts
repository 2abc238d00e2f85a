import { RoomServiceClient } from "livekit-server-sdk";
import { media } from "#lib/livekit/admin-client.ts";
import { describeError, log } from "#lib/log.ts";
import { startMetrics } from "#lib/metrics-server.ts";
import { count, timed } from "#lib/metrics.ts";
import { mayConnect } from "#lib/presence/admission-service.ts";
import { provideSites } from "#lib/shared-env.ts";
import { createBeat } from "./beat.ts";
import { openDirectory } from "./directory.ts";
import { createDoor } from "./door.ts";
import { keysOf, readGatekeeperEnv, siteOf } from "./env.ts";
import { every } from "./every.ts";
import { readLiveKitMetrics } from "./livekit-metrics.ts";
import { logNodeAge } from "./node-age.ts";
import { Outage } from "./outage.ts";
import { Remembered } from "./remembered.ts";
import { createSweep } from "./sweep.ts";

/** Each meeting is checked this often, in milliseconds. */
const SWEEP_MS = 2_000;
/** How often to check for changes of the node that the app must know about, in milliseconds. */
const BEAT_MS = 15_000;
/** How often this gatekeeper announces its address to the others of the site, in milliseconds. */
const ANNOUNCE_MS = 2_000;
/** How often the machine's age is logged, in milliseconds; the alarm covers a day. */
const NODE_AGE_MS = 6 * 3_600_000;

const own = readGatekeeperEnv(process.env);
provideSites([siteOf(own)]);
const [key, ...otherKeys] = keysOf(own);
const [remembered, outage] = [new Remembered(), new Outage()];
const siteRedisUrl = own.GATEKEEPER_SITE_REDIS;
const directory =
  siteRedisUrl === undefined
    ? undefined
    : openDirectory({ siteRedisUrl, metricsUrl: own.GATEKEEPER_METRICS, port: own.GATEKEEPER_PORT });
const rooms = new RoomServiceClient(own.GATEKEEPER_TARGET, key.apiKey, key.apiSecret, { requestTimeout: 2 });
const livekit = media(own.GATEKEEPER_SITE);
const sweep = createSweep({
  site: own.GATEKEEPER_SITE,
  async listRooms() {
    const names = (await rooms.listRooms()).map(({ name }) => name);
    return directory ? directory.ownOf(names) : names;
  },
  remembered,
  outage,
});
const door = createDoor({
  target: own.GATEKEEPER_TARGET,
  key,
  otherKeys,
  remembered,
  outage,
  mayConnect,
  isListed: async (room, identity) => (await livekit.getParticipant(room, identity)) !== undefined,
  remove: async (room, identity) => void (await livekit.removeParticipant(room, identity)),
  tracksIn: sweep.tracksIn,
  ...(directory && { otherDoorOf: directory.otherDoorOf }),
  clock: Date.now,
});
const stopMetrics =
  own.GATEKEEPER_METRICS_LISTEN &&
  (await startMetrics({
    listen: own.GATEKEEPER_METRICS_LISTEN,
    process: "gatekeeper",
    always: { site: own.GATEKEEPER_SITE },
    pages: { "/livekit": () => readLiveKitMetrics(own.GATEKEEPER_METRICS) },
  }).catch((error: unknown) => {
    // Calls matter more than their metrics.
    log("error", "metrics.not-served", { error: describeError(error) });
    return undefined;
  }));
const sweepOnce = () =>
  sweep.run(Date.now()).catch((error: unknown) => {
    count("veet_sweep_failures_total", { part: "all" });
    throw error;
  });
const { beat } = createBeat(own, Date.now);
const stops = [
  every(SWEEP_MS, "sweep.failed", () => timed("veet_sweep_seconds", {}, sweepOnce)),
  every(BEAT_MS, "beat.failed", beat),
  ...(directory ? [every(ANNOUNCE_MS, "announce.failed", directory.announce)] : []),
];

door.listen(own.GATEKEEPER_PORT, own.GATEKEEPER_HOST, () => {
  log("info", "gatekeeper.ready", { site: own.GATEKEEPER_SITE });
  stops.push(every(NODE_AGE_MS, "node.age-failed", async () => logNodeAge(own.GATEKEEPER_SITE)));
});

// Running calls continue until LiveKit, which drains on its own, ends them.
process.once("SIGTERM", () => {
  for (const stop of stops) stop();
  door.close();
  directory?.close();
  stopMetrics?.();
});
