import type { Requester, UpstashRequest } from "@upstash/redis";
import { Command, Redis } from "ioredis";

/** In milliseconds, between two attempts to connect. */
const RECONNECT_MS = 100;
/** A connection on which a command waits this many time limits is opened again: its other end may be gone without a word. */
const SILENT_LIMITS = 3;

/**
 * Runs what Upstash's client would send over HTTP on a Redis over TCP.
 *
 * Connects at the first command. While Redis is away each command fails right away, as with Upstash, and none is kept to be sent
 * later. A command is never sent twice: it may have run, and the caller decides.
 *
 * @param limitMs - How long a command may take now, in milliseconds.
 * @param longestMs - The longest limit that is used.
 */
export function connectTcp(url: string, limitMs: () => number, longestMs: number): Requester {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => RECONNECT_MS,
    connectTimeout: longestMs,
    socketTimeout: SILENT_LIMITS * longestMs,
  });
  // Each command reports its own failure; without a listener ioredis prints every attempt to connect.
  redis.on("error", () => {});
  // A script such as `npm run drain` ends when it is done; a pending command keeps it alive through its timer.
  redis.on("connect", () => redis.stream.unref());

  /** The attempt to connect that commands wait for. */
  let attempt: Promise<void> | undefined;
  const run = async (words: readonly unknown[]) => {
    const [name = "", ...args] = words.map((word) => (typeof word === "string" ? word : JSON.stringify(word)));
    return flat(await redis.sendCommand(new Command(name, args, { replyEncoding: "utf8" })));
  };
  const send = async ({ path = [], body }: UpstashRequest, late: AbortSignal) => {
    if (redis.status !== "ready") await (attempt ??= connected(redis).finally(() => (attempt = undefined)));
    late.throwIfAborted();
    if (path[0] === "pipeline") return Promise.all(asList(body).map((one) => outcomeOf(run(asList(one)))));
    if (path.length > 0) throw new Error(`A Redis over TCP has no ${path.join("/")}`);
    return { result: await run(asList(body)) };
  };
  return {
    // The caller knows what the command answers, as over HTTP.
    request: (request) => within(limitMs(), (late) => send(request, late)) as Promise<never>,
  };
}

/** Waits for the attempt to connect that is under way, or starts the first one. */
async function connected(redis: Redis): Promise<void> {
  if (redis.status === "wait") return redis.connect();
  if (redis.status !== "connecting" && redis.status !== "connect") throw new Error("There is no connection to Redis");
  await new Promise<void>((resolve, reject) => {
    const settle = (isReady: boolean) => {
      redis.off("ready", onReady).off("close", onClose);
      if (isReady) resolve();
      else reject(new Error("The connection to Redis was closed"));
    };
    const [onReady, onClose] = [() => settle(true), () => settle(false)];
    redis.on("ready", onReady).on("close", onClose);
  });
}

/** @param work - Must not begin anything once its signal is aborted: the caller was already answered. */
async function within<T>(ms: number, work: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  // Not AbortSignal.timeout: its timer keeps no process alive.
  const timer = setTimeout(() => late.abort(new Error(`Redis did not answer within ${ms} ms`)), ms);
  const isLate = new Promise<never>((_, reject) => {
    late.signal.addEventListener("abort", () => reject(late.signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([work(late.signal), isLate]);
  } finally {
    clearTimeout(timer);
  }
}

type Outcome = { result: unknown } | { error: string };

async function outcomeOf(running: Promise<unknown>): Promise<Outcome> {
  try {
    return { result: await running };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** ioredis turns some replies (HGETALL) into objects; in the protocol they are flat lists. */
function flat(reply: unknown): unknown {
  const isObject = typeof reply === "object" && reply !== null && !Array.isArray(reply);
  return isObject ? Object.entries(reply).flat() : reply;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
