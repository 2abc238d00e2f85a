import { RoomServiceClient } from "livekit-server-sdk";
import { environmentForLib, keysOf, readGatekeeperEnv } from "./env.ts";

const own = readGatekeeperEnv(process.env);
// lib/ reads its environment at first use, so this comes before anything of it is imported.
Object.assign(process.env, environmentForLib(own));
const { createDoor } = await import("./door.ts");
const { Memory } = await import("./memory.ts");
const { sweep } = await import("./sweep.ts");
const { beat } = await import("./beat.ts");
const { openDirectory } = await import("./directory.ts");
const { every } = await import("./every.ts");
const { logNodeAge } = await import("./node-age.ts");
const { mayConnect } = await import("#lib/presence/admission-service.ts");
const { log } = await import("#lib/log.ts");

/** Between two looks at who is there, in milliseconds. */
const SWEEP_PAUSE_MS = 2_000;
/** Between two words about the node, in milliseconds. */
const BEAT_PAUSE_MS = 15_000;
/** Between two lines about the machine's age, in milliseconds. The alarm looks at a day. */
const AGE_PAUSE_MS = 6 * 3_600_000;
/** Between two words to the other gatekeepers of the site, in milliseconds. */
const ANNOUNCE_PAUSE_MS = 2_000;

const [key, ...otherKeys] = keysOf(own);
const memory = new Memory();
const siteRedisUrl = own.GATEKEEPER_SITE_REDIS;
const directory =
  siteRedisUrl === undefined
    ? undefined
    : openDirectory({ siteRedisUrl, metricsUrl: own.GATEKEEPER_METRICS, port: own.GATEKEEPER_PORT });
const door = createDoor({
  target: own.GATEKEEPER_TARGET,
  key,
  otherKeys,
  memory,
  mayConnect,
  ...(directory && { otherDoorOf: directory.otherDoorOf }),
  clock: Date.now,
});
const rooms = new RoomServiceClient(own.GATEKEEPER_TARGET, key.apiKey, key.apiSecret, { requestTimeout: 2 });
const listRooms = async () => (await rooms.listRooms()).map(({ name }) => name);
const stops = [
  every(SWEEP_PAUSE_MS, "sweep.failed", () => sweep(own.GATEKEEPER_SITE, listRooms, memory, Date.now())),
  every(BEAT_PAUSE_MS, "beat.failed", () => beat(own, Date.now())),
  ...(directory ? [every(ANNOUNCE_PAUSE_MS, "announce.failed", directory.announce)] : []),
];

door.listen(own.GATEKEEPER_PORT, own.GATEKEEPER_HOST, () => {
  log("info", "gatekeeper.ready", { site: own.GATEKEEPER_SITE });
  stops.push(every(AGE_PAUSE_MS, "node.age-failed", async () => logNodeAge(own.GATEKEEPER_SITE)));
});

// Calls that run go on until LiveKit, which drains on its own, ends them.
process.once("SIGTERM", () => {
  for (const stop of stops) stop();
  door.close();
  directory?.close();
});
