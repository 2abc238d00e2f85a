import { expect, test, vi } from "vitest";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { writeMediaSites } from "#lib/media-sites.ts";
import { NOW } from "#lib/testing/places.ts";

const site = (name: string) => ({
  site: name,
  region: "local",
  url: "ws://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:1",
  apiKey: "unit",
  apiSecret: "unit-tests-only-unit-tests-only-livekit",
});

test("[G2] a failed site counts as broken for half a minute, and no other site does", async () => {
  vi.stubEnv("MEDIA_SITES", writeMediaSites([site("broken-a"), site("well-b")]));
  vi.resetModules();
  const { markBroken, readSiteStates } = await import("./site-repository.ts");
  expect([...(await readSiteStates(NOW)).broken]).toEqual([]);
  await markBroken("broken-a");
  expect([...(await readSiteStates(NOW)).broken]).toEqual(["broken-a"]);
  const leftMs = await redis().pttl(keys.breaker("broken-a"));
  expect(leftMs).toBeGreaterThan(25_000);
  expect(leftMs).toBeLessThanOrEqual(30_000);
});

async function twoSites() {
  const names = [`one-${crypto.randomUUID().slice(0, 8)}`, `two-${crypto.randomUUID().slice(0, 8)}`] as const;
  // While a key is replaced a site is listed with both keys.
  vi.stubEnv("MEDIA_SITES", writeMediaSites([...names.map(site), { ...site(names[0]), apiKey: "unit-2" }]));
  vi.resetModules();
  return { names, ...(await import("./site-repository.ts")) };
}

test("[G9] a drained site stays drained until it takes participants again, a day at most", async () => {
  const { names, markDrained, mediaSites, readSiteStates } = await twoSites();
  expect(mediaSites().map((one) => one.site)).toEqual(names);
  await markDrained(names[1], true);
  expect([...(await readSiteStates(NOW)).drained]).toEqual([names[1]]);
  expect(await redis().pttl(keys.drained(names[1]))).toBeGreaterThan(80_000_000);
  await markDrained(names[1], false);
  expect((await readSiteStates(NOW)).drained.size).toBe(0);
});

test("[D62] a retiring region takes no one new, whatever Redis says", async () => {
  vi.stubEnv("MEDIA_SITES", writeMediaSites([site("stays-a"), { ...site("leaves-a"), isRetiring: true }]));
  vi.resetModules();
  const { markDrained, readSiteStates } = await import("./site-repository.ts");
  await markDrained("leaves-a", false);
  expect([...(await readSiteStates(NOW)).drained]).toEqual(["leaves-a"]);
});

test("[G6] the result of the last check of a site counts for a minute and a half", async () => {
  const { names, readSiteStates } = await twoSites();
  const look = { atMs: NOW, server: "ready", isListed: true, rooms: 2, publishers: 3 };
  await redis().set(keys.siteLook(names[0]), JSON.stringify({ ...look, server: "lost" }));
  await redis().set(keys.siteLook(names[1]), JSON.stringify(look));
  const states = await readSiteStates(NOW + 90_000);
  expect([[...states.broken], states.loads.get(names[1])]).toEqual([[names[0]], 5]);
  const later = await readSiteStates(NOW + 90_001);
  expect([later.broken.size, later.loads.size]).toEqual([0, 0]);
  await redis().set(keys.siteLook(names[0]), "{");
  expect((await readSiteStates(NOW)).broken.size).toBe(0);
});
