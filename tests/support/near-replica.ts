import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject, vi } from "vitest";
import { startRedisRestBridge } from "../../scripts/redis-rest-bridge.ts";
import { startTcpPath } from "../../scripts/simulation/delay-proxy.ts";
import { requireRedis } from "../../scripts/provision/redis-binary.ts";
import { startRedisServer } from "../../scripts/stack/redis.ts";
import { connectTcpRedis } from "../../scripts/stack/tcp-redis.ts";
import { nearestOf } from "./nearest-redis.ts";

/**
 * Redis as Upstash runs it in several regions: a real replica of the tests' Redis serves read-only requests, and the primary everything
 * else. For the tests of one file.
 */
export function useNearReplica() {
  const asked: ("replica" | "primary")[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  let lag: (ms: number) => void;

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), "veet-replica-"));
    const primary = connectTcpRedis(inject("redis").port);
    await primary.isUp();
    const replica = await startRedisServer({ binary: await requireRedis(), directory, keeps: false });
    const way = await startTcpPath([inject("redis").port]);
    lag = way.slowDown;
    await replica.client.run(["REPLICAOF", "127.0.0.1", String(way.port)]);
    await vi.waitFor(
      async () => {
        const state = String(await replica.client.run(["INFO", "replication"]));
        if (!state.includes("master_link_status:up")) throw new Error("The replica has not caught up");
      },
      { timeout: 60_000, interval: 200 },
    );
    const nearest = nearestOf({ replica: replica.client, primary }, (isRead) => {
      const chosen = isRead ? "replica" : "primary";
      asked.push(chosen);
      return chosen;
    });
    const bridge = await startRedisRestBridge(nearest, "near");
    // Before any module reads the environment.
    process.env.UPSTASH_REDIS_REST_URL = bridge.url;
    process.env.UPSTASH_REDIS_REST_TOKEN = bridge.token;
    closing.push(bridge.close, replica.stop, way.close, () => rm(directory, { recursive: true, force: true }));
    closing.unshift(async () => primary.disconnect());
  }, 120_000);

  afterAll(async () => {
    for (const close of closing) await close();
  });

  return {
    /** Delays replication of later writes by this much, in milliseconds. */
    lagBy: (ms: number) => lag(ms),
    /** Which Redis received requests during the work, in order. One without the script is asked twice, which counts once. */
    async askedDuring<T>(work: () => Promise<T>): Promise<{ asked: string[]; answer: T }> {
      asked.length = 0;
      const answer = await work();
      return { asked: asked.filter((one, at) => one !== asked[at - 1]), answer };
    },
  };
}
