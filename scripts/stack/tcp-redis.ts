import { Command as RedisCommand, Redis } from "ioredis";
import { messageOf, type Command, type Outcome, type RedisBehind } from "../redis-rest-bridge.ts";

export type TcpRedis = RedisBehind & { isUp: () => Promise<boolean>; disconnect: () => void };

/** Connects to a redis-server over TCP. While it is down, commands fail immediately, as with Upstash. */
export function connectTcpRedis(port: number, host = "127.0.0.1"): TcpRedis {
  const redis = new Redis({
    host,
    port,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // An interrupted command may have run; the caller decides whether to send it again.
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => 100,
  });
  // Each command reports its own failure; without a listener ioredis prints every connection attempt.
  redis.on("error", () => {});

  const run = async ([name, ...args]: Command) =>
    flat(await redis.sendCommand(new RedisCommand(name, args, { replyEncoding: "utf8" })));

  return {
    run,
    // Sent in one tick over one connection, they arrive as a pipeline.
    pipeline: async (commands) => (await Promise.allSettled(commands.map(run))).map(toOutcome),
    async transaction(commands) {
      const multi = redis.multi();
      for (const [name, ...args] of commands) multi.call(name, ...args);
      const replies = (await multi.exec()) ?? [];
      return replies.map(([error, result]) => (error ? { error: error.message } : { result: flat(result) }));
    },
    async isUp() {
      if (redis.status === "wait") await redis.connect();
      return (await redis.ping()) === "PONG";
    },
    disconnect: () => redis.disconnect(),
  };
}

/** ioredis turns some replies (HGETALL) into objects; in the protocol they are flat lists. */
export function flat(reply: unknown): unknown {
  const isObject = typeof reply === "object" && reply !== null && !Array.isArray(reply);
  return isObject ? Object.entries(reply).flat() : reply;
}

export function toOutcome(settled: PromiseSettledResult<unknown>): Outcome {
  return settled.status === "fulfilled" ? { result: settled.value } : { error: messageOf(settled.reason) };
}
