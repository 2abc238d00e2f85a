import { type MediaSite, writeMediaSites } from "../../lib/media-sites.ts";
import type { Secrets } from "./secrets.ts";

export type { MediaSite } from "../../lib/media-sites.ts";
export type AppPlan = {
  pageUrl: string;
  secrets: Pick<Secrets, "nextAuth" | "identity">;
  redis: { url: string; token: string };
  sites: readonly MediaSite[];
};

/** The environment the app needs, as lib/env.ts reads it, for a stack on this machine. */
export function appEnvironment({ pageUrl, secrets, redis, sites }: AppPlan): Record<string, string> {
  return {
    NEXTAUTH_URL: pageUrl,
    NEXTAUTH_SECRET: secrets.nextAuth,
    IDENTITY_SECRET: secrets.identity,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    MEDIA_SITES: writeMediaSites(sites),
    // A laptop that compiles, or plays four people at once, may leave its Redis waiting for longer than a server would.
    REDIS_TIMEOUT_MS: "5000",
    // Neither Next nor the Redis client phones home from a developer's machine.
    NEXT_TELEMETRY_DISABLED: "1",
    UPSTASH_DISABLE_TELEMETRY: "1",
  };
}
