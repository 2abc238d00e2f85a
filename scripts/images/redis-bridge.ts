// Upstash's protocol in front of the Redis of a server of one's own: the same bridge that every test of Redis runs through.
import { startRedisRestBridge } from "../redis-rest-bridge.ts";
import { connectTcpRedis } from "../stack/tcp-redis.ts";

const { REDIS_HOST = "redis", REDIS_PORT = "6379", BRIDGE_PORT = "8079", BRIDGE_HOST = "0.0.0.0" } = process.env;
const token = process.env.UPSTASH_REDIS_REST_TOKEN ?? "";
// An empty token would be a Redis for everybody who reaches the port.
if (token.length < 32) throw new Error("UPSTASH_REDIS_REST_TOKEN must have at least 32 characters");

const redis = connectTcpRedis(Number(REDIS_PORT), REDIS_HOST);
const bridge = await startRedisRestBridge(redis, token, Number(BRIDGE_PORT), BRIDGE_HOST);
// Connects at once and, should Redis come up later, with its first answer.
await redis.isUp().catch(() => undefined);
console.log(JSON.stringify({ level: "info", event: "bridge.ready", url: bridge.url }));

process.once("SIGTERM", () => {
  redis.disconnect();
  void bridge.close();
});
