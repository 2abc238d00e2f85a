import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { Redis, type Requester } from "@upstash/redis";
import { redisEnv } from "#lib/shared-env.ts";

let client: Redis | undefined;

const limits = new AsyncLocalStorage<number>();

/** Runs commands with a different time limit, in ms. */
export function withinMs<T>(ms: number, run: () => T): T {
  return limits.run(ms, run);
}

const limitMs = () => limits.getStore() ?? redisEnv().REDIS_TIMEOUT_MS;

/**
 * The one Redis client: of REDIS_URL over TCP, otherwise of Upstash over HTTP. Both have the same commands and answers.
 *
 * - One attempt may take REDIS_TIMEOUT_MS: 1.1 s by default, so with the single repeat of a script 503 comes within 2.5 s.
 * - No retries: a repeated INCR would count twice.
 * - Commands issued in the same tick share one round trip.
 * - Values stay the strings they are in Redis; repositories parse them.
 */
export function redis(): Redis {
  client ??= connect();
  return client;
}

function connect(): Redis {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN, REDIS_TIMEOUT_MS } = redisEnv();
  if (REDIS_URL) return new RedisOverTcp(tcpRequester(REDIS_URL, REDIS_TIMEOUT_MS));
  return new Redis({
    url: UPSTASH_REDIS_REST_URL,
    token: UPSTASH_REDIS_REST_TOKEN,
    // A function: with a plain AbortSignal and a single command, a timed-out read returns `null`, which a check for a ban would
    // take as "not banned".
    signal: () => AbortSignal.timeout(limitMs()),
    retry: false,
    enableAutoPipelining: true,
    automaticDeserialization: false,
    enableTelemetry: false,
    // Texts are UTF-8 and arrive as they are: decoding base64 takes half of the processor time of a read.
    responseEncoding: false,
  });
}

/** ioredis is loaded where it is used: not on Lambda, where it would make every cold start slower. */
function tcpRequester(url: string, longestMs: number): Requester {
  let loading: Promise<Requester> | undefined;
  const load = async () => (await import("./tcp-requester.ts")).connectTcp(url, limitMs, longestMs);
  return { request: async (request) => (await (loading ??= load())).request(request) };
}

/** Upstash's client with another way to send. Its constructor takes no options beside one. */
class RedisOverTcp extends Redis {
  protected override opts = { automaticDeserialization: false };
}
