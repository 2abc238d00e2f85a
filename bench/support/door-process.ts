// Only the gatekeeper's proxy, in front of VEET_TARGET, with a Redis that always says yes: measures the memory of connections.
// Run with --expose-gc --conditions=react-server. Prints its port; on any message, prints its memory in bytes.
import type { AddressInfo } from "node:net";
import { createDoor } from "../../gatekeeper/door.ts";
import { Outage } from "../../gatekeeper/outage.ts";
import { Remembered } from "../../gatekeeper/remembered.ts";

const { VEET_TARGET: target = "", VEET_KEY: apiKey = "", VEET_SECRET: apiSecret = "" } = process.env;
const door = createDoor({
  target,
  key: { apiKey, apiSecret },
  remembered: new Remembered(),
  outage: new Outage(),
  mayConnect: () => Promise.resolve(true),
  isListed: () => Promise.resolve(true),
  remove: () => Promise.resolve(),
  tracksIn: () => 20,
  clock: Date.now,
});
door.listen(0, "127.0.0.1", () => process.send?.({ port: (door.address() as AddressInfo).port }));
process.on("message", () => {
  globalThis.gc?.();
  process.send?.({ rssBytes: process.memoryUsage().rss });
});
process.on("disconnect", () => process.exit());
