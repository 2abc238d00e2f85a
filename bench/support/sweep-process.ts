// Only the gatekeeper's sweep, over the LiveKit rooms in VEET_ROOMS: measures its duration and its Redis commands.
// Run with --conditions=react-server and the app's environment. On each message it sweeps all rooms once and reports the result.
import { Outage } from "../../gatekeeper/outage.ts";
import { Remembered } from "../../gatekeeper/remembered.ts";
import { createSweep } from "../../gatekeeper/sweep.ts";

const { VEET_ROOMS = "[]", VEET_SITE = "", UPSTASH_REDIS_REST_URL: redisUrl = "" } = process.env;
const names: string[] = JSON.parse(VEET_ROOMS);
let questions = 0;
const bareFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  if (String(input).startsWith(redisUrl)) questions += 1;
  return bareFetch(input, init);
};
const sweep = createSweep({
  site: VEET_SITE,
  listRooms: () => Promise.resolve(names),
  remembered: new Remembered(),
  outage: new Outage(),
});

process.on("message", () => {
  questions = 0;
  const beganAtMs = performance.now();
  void sweep.run(Date.now()).then(() => process.send?.({ tookMs: performance.now() - beganAtMs, questions }));
});
process.on("disconnect", () => process.exit());
process.send?.({ isReady: true });
