import "server-only";
import { env } from "#lib/env.ts";
import { redis } from "#lib/redis/client.ts";
import { respond } from "./respond.ts";

/** Asks Redis and says 200 or 503. Not limited, since a limit would ask Redis as well; it says nothing that is not public. */
export async function checkHealth(ping: () => Promise<unknown> = () => redis().ping()): Promise<Response> {
  const isRedisReachable = await ping().then(
    () => true,
    () => false,
  );
  const content = {
    status: isRedisReachable ? "ok" : "unavailable",
    redis: isRedisReachable ? "reachable" : "unreachable",
    sites: env().MEDIA_SITES.map(({ site, region }) => ({ site, region })),
  };
  const headers = new Headers(isRedisReachable ? {} : { "retry-after": "2" });
  return respond(content, isRedisReachable ? 200 : 503, headers);
}
