// Upstash's protocol for a self-hosted Redis: the same bridge that all Redis tests use.
import { startRedisRestBridge } from "../redis-rest-bridge.ts";
import { connectTcpRedis } from "../stack/tcp-redis.ts";

const { REDIS_HOST = "redis", REDIS_PORT = "6379", BRIDGE_PORT = "8079", BRIDGE_HOST = "0.0.0.0" } = process.env;
const token = process.env.UPSTASH_REDIS_REST_TOKEN ?? "";
// An empty token would open Redis to anyone who can reach the port.
if (token.length < 32) throw new Error("UPSTASH_REDIS_REST_TOKEN must have at least 32 characters");

const redis = connectTcpRedis(Number(REDIS_PORT), REDIS_HOST);
const bridge = await startRedisRestBridge(redis, token, Number(BRIDGE_PORT), BRIDGE_HOST);
// Connects now. If Redis starts later, the bridge connects then.
await redis.isUp().catch(() => undefined);
console.log(JSON.stringify({ level: "info", event: "bridge.ready", url: bridge.url }));

process.once("SIGTERM", () => {
  redis.disconnect();
  void bridge.close();
});
