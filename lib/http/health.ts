import "server-only";
import { redis } from "#lib/redis/client.ts";
import { respond } from "./respond.ts";

/**
 * Asks Redis and answers 200 or 503, for a load balancer. Not limited, since a limit would ask Redis too; the answer holds
 * nothing that is not public.
 */
export async function checkHealth(
  headers: Headers,
  ping: () => Promise<unknown> = () => redis().ping(),
): Promise<Response> {
  const isRedisReachable = await ping().then(
    () => true,
    () => false,
  );
  if (!isRedisReachable) headers.set("retry-after", "2");
  const content = {
    status: isRedisReachable ? "ok" : "unavailable",
    redis: isRedisReachable ? "reachable" : "unreachable",
  };
  return respond(content, isRedisReachable ? 200 : 503, headers);
}
