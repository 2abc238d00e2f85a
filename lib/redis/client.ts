import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { Redis } from "@upstash/redis";
import { redisEnv } from "#lib/shared-env.ts";

let client: Redis | undefined;

const limits = new AsyncLocalStorage<number>();

/** Runs commands with a different time limit, in ms. */
export function withinMs<T>(ms: number, run: () => T): T {
  return limits.run(ms, run);
}

/**
 * The one Redis client.
 *
 * - One attempt may take REDIS_TIMEOUT_MS: 1.1 s by default, so with the single repeat of a script 503 comes within 2.5 s.
 * - The signal is a function: with a plain AbortSignal and a single command, a timed-out read returns `null`, which a check for
 *   a ban would take as "not banned".
 * - No retries: the library repeats an interrupted request up to five times, and an INCR would count six.
 * - Commands issued in the same tick share one HTTP request.
 * - Values stay the strings they are in Redis; repositories parse them.
 */
export function redis(): Redis {
  client ??= new Redis({
    url: redisEnv().UPSTASH_REDIS_REST_URL,
    token: redisEnv().UPSTASH_REDIS_REST_TOKEN,
    signal: () => AbortSignal.timeout(limits.getStore() ?? redisEnv().REDIS_TIMEOUT_MS),
    retry: false,
    enableAutoPipelining: true,
    automaticDeserialization: false,
    enableTelemetry: false,
  });
  return client;
}
