import "server-only";
import { Redis } from "@upstash/redis";
import { env } from "#lib/env.ts";

/** One attempt may take this long, in milliseconds; with the single repeat of a script that leaves 503 within 2.5 s. */
export const REDIS_TIMEOUT_MS = 1_100;

let client: Redis | undefined;

/**
 * The one Redis client.
 *
 * - The signal is a function: with a plain AbortSignal and a single command, a timed-out read comes back as `null`,
 *   which a check for a ban would take for "not banned".
 * - No retries: the library repeats a cut request up to five times, and an INCR would count six.
 * - Commands issued in the same tick share one HTTP request.
 * - Values stay the strings they are in Redis; repositories parse them.
 */
export function redis(): Redis {
  client ??= new Redis({
    url: env().UPSTASH_REDIS_REST_URL,
    token: env().UPSTASH_REDIS_REST_TOKEN,
    signal: () => AbortSignal.timeout(REDIS_TIMEOUT_MS),
    retry: false,
    enableAutoPipelining: true,
    automaticDeserialization: false,
    enableTelemetry: false,
  });
  return client;
}
