import { expect, test, vi } from "vitest";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";

const site = (name: string) => ({
  site: name,
  region: "local",
  url: "ws://127.0.0.1:1",
  apiUrl: "http://127.0.0.1:1",
  apiKey: "unit",
  apiSecret: "unit-tests-only-unit-tests-only-livekit",
});

test("[G2] a site that failed is known as broken for half a minute, and no other", async () => {
  vi.stubEnv("MEDIA_SITES", JSON.stringify([site("broken-a"), site("well-b")]));
  vi.resetModules();
  const { markBroken, readBrokenSites } = await import("./site-repository.ts");
  expect([...(await readBrokenSites())]).toEqual([]);
  await markBroken("broken-a");
  expect([...(await readBrokenSites())]).toEqual(["broken-a"]);
  const leftMs = await redis().pttl(keys.breaker("broken-a"));
  expect(leftMs).toBeGreaterThan(25_000);
  expect(leftMs).toBeLessThanOrEqual(30_000);
});
