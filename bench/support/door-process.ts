// The gatekeeper's door alone, before whatever VEET_TARGET names, with a Redis that always says yes: to measure what a connection takes.
// Run with --expose-gc --conditions=react-server. Prints its port; on any message the bytes it holds.
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
