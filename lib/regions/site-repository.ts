import "server-only";
import { env } from "#lib/env.ts";
import { describeError, log } from "#lib/log.ts";
import { redis } from "#lib/redis/client.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";

// A script, as the reads beside it are: commands of another kind do not share their round trip.
const READ = defineScript("return redis.call('MGET', unpack(KEYS))", { isIdempotent: true });

/** Sites that failed within the last half minute. Asks nobody where there is no choice. */
export async function readBrokenSites(): Promise<ReadonlySet<string>> {
  const sites = env().MEDIA_SITES.map(({ site }) => site);
  if (sites.length < 2) return new Set();
  const marks = await READ(sites.map(keys.breaker), []);
  return new Set(sites.filter((_, index) => Array.isArray(marks) && marks[index] !== null));
}

/** Leaves a site alone for half a minute. Never throws: not knowing of it costs the next one two seconds. */
export async function markBroken(site: string): Promise<void> {
  try {
    await redis().set(keys.breaker(site), "1", { px: TTL_MS.breaker });
  } catch (error) {
    log("warn", "regions.breaker-lost", { site, error: describeError(error) });
  }
}
