import "server-only";
import { z } from "zod";
import { describeError, log } from "#lib/log.ts";
import { redis } from "#lib/redis/client.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, orUnavailable } from "#lib/redis/script.ts";
import { configuredSites } from "#lib/shared-env.ts";
import type { Site, SiteStates } from "./placement.ts";

// A script, like the reads beside it: commands of another kind would need a round trip of their own.
const READ = defineScript("return redis.call('MGET', unpack(KEYS))", { isIdempotent: true });

/** The configured sites without duplicates: while a key is replaced a site is listed with both keys. */
export function mediaSites(): Site[] {
  const sites = new Map(configuredSites().map(({ site, region }) => [site, { site, region }]));
  return [...sites.values()];
}

/** The current states of the sites. Skips the request where there is no choice. @throws AppError `unavailable` */
export async function readSiteStates(nowMs: number): Promise<SiteStates> {
  const sites = mediaSites().map(({ site }) => site);
  // A retiring region is drained permanently: not by a key in Redis, which would expire after a day.
  const retiring = configuredSites().flatMap(({ site, isRetiring }) => (isRetiring ? [site] : []));
  if (sites.length < 2) return { broken: new Set(), drained: new Set(), loads: new Map() };
  const kinds = [keys.breaker, keys.drained, keys.siteLook];
  const answer = await READ(
    kinds.flatMap((key) => sites.map(key)),
    [],
  );
  const values = Array.isArray(answer) ? answer : [];
  const of = (kind: number, at: number) => values[kind * sites.length + at] ?? null;
  const looks = sites.map((_, at) => readLook(of(2, at), nowMs));
  return {
    broken: new Set(sites.filter((_, at) => of(0, at) !== null || looks[at]?.isDown)),
    drained: new Set([...retiring, ...sites.filter((_, at) => of(1, at) !== null)]),
    loads: new Map(sites.flatMap((site, at) => (looks[at] ? [[site, looks[at].load]] : []))),
  };
}

/** The part of a health check's record that placement uses. */
const Look = z.object({
  atMs: z.number(),
  server: z.string(),
  isListed: z.boolean(),
  rooms: z.number().nonnegative(),
  publishers: z.number().nonnegative(),
});
/** The schedule checks once a minute; an older result does not count, in milliseconds. */
const LOOK_COUNTS_MS = 90_000;

function readLook(value: ScriptAnswer, nowMs: number): { isDown: boolean; load: number } | undefined {
  const look = Look.safeParse(parseJson(value)).data;
  if (!look || nowMs - look.atMs > LOOK_COUNTS_MS) return undefined;
  return { isDown: look.server !== "ready" || !look.isListed, load: look.rooms + look.publishers };
}

/** An unreadable record counts as missing, and keeps no one out. */
function parseJson(value: ScriptAnswer): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Skips a site for half a minute. Never throws: if the note is lost, the next request only waits two seconds. */
export async function markBroken(site: string): Promise<void> {
  try {
    await redis().set(keys.breaker(site), "1", { px: TTL_MS.breaker });
  } catch (error) {
    log("warn", "regions.breaker-lost", { site, error: describeError(error) });
  }
}

/** Drains a site, for a day at most, or lets it take participants again. @throws AppError `unavailable` */
export async function markDrained(site: string, isDrained: boolean): Promise<void> {
  const key = keys.drained(site);
  if (isDrained) await orUnavailable(redis().set(key, "1", { px: TTL_MS.drained }));
  else await orUnavailable(redis().del(key));
}
