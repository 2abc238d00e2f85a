import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { requireRedis } from "../provision/redis-binary.ts";
import { startRedis } from "../stack/redis.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The REST bridge in front of this run's redis-server, and the server's own port for direct access. */
    redis: { url: string; token: string; port: number };
  }
}

/** Starts a real redis-server for the `*.redis.test.ts` files; they get it through `inject("redis")` or the environment. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "veet-redis-"));
  const redis = await startRedis({ binary: await requireRedis(), directory, keeps: false, token: "redis-tests" });
  const { url, token } = redis.bridge;
  project.provide("redis", { url, token, port: redis.port });
  process.env.UPSTASH_REDIS_REST_URL = url;
  process.env.UPSTASH_REDIS_REST_TOKEN = token;
  return async () => {
    await redis.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
