import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { repeatWithinMs } from "./repeat-limit.ts";

test.each([
  ["a connection that was cut right away", 5, 1_100],
  ["an attempt that timed out", 1_100, 1_100],
  ["one that timed out late", 1_500, 700],
  ["one that timed out very late", 2_100, 300],
  ["one in a process that was suspended", 60_000, 300],
])("[H38] after %s (%d ms) the repeat has %d ms", (_, spentMs, ms) => {
  expect(repeatWithinMs(1_100, spentMs)).toBe(ms);
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("[H38] a script without an answer is tried twice, the second time with the rest of the limit", async () => {
  const limitMs = 400;
  // A busy server: the timer of the first attempt fires late.
  const block = (ms: number) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };
  let asked = 0;
  server = createServer(() => {
    asked += 1;
    if (asked === 1) block(limitMs + 150);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  vi.stubEnv("UPSTASH_REDIS_REST_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("REDIS_TIMEOUT_MS", String(limitMs));
  vi.resetModules();
  const { defineScript } = await import("./script.ts");
  const limits = vi.spyOn(AbortSignal, "timeout");

  await expect(defineScript("return 1", { isIdempotent: true })([], [])).rejects.toMatchObject({ code: "unavailable" });
  const [first, second, ...more] = limits.mock.calls.map(([ms]) => ms);
  expect([first, more]).toEqual([limitMs, []]);
  expect(second).toBeLessThanOrEqual(300);
});
