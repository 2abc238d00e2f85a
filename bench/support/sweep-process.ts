// The gatekeeper's sweep alone, over the LiveKit rooms in VEET_ROOMS: to measure how long one takes and what it asks of Redis.
// Run with --conditions=react-server and the app's environment. On each message it looks at all rooms once and says how that went.
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
