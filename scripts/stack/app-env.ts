import { type MediaSite, writeMediaSites } from "../../lib/media-sites.ts";
import type { Secrets } from "./secrets.ts";

export type { MediaSite } from "../../lib/media-sites.ts";
export type AppPlan = {
  pageUrl: string;
  secrets: Pick<Secrets, "nextAuth" | "identity">;
  redis: { url: string; token: string };
  sites: readonly MediaSite[];
};

/** The app's environment for a local stack, as lib/env.ts reads it. */
export function appEnvironment({ pageUrl, secrets, redis, sites }: AppPlan): Record<string, string> {
  return {
    NEXTAUTH_URL: pageUrl,
    NEXTAUTH_SECRET: secrets.nextAuth,
    IDENTITY_SECRET: secrets.identity,
    // Not the one that a developer may have set for something else.
    REDIS_URL: "",
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    MEDIA_SITES: writeMediaSites(sites),
    // A laptop that compiles or runs four browsers can make Redis slower than it is on a server.
    REDIS_TIMEOUT_MS: "5000",
    // No telemetry from Next or the Redis client on a developer's machine.
    NEXT_TELEMETRY_DISABLED: "1",
    UPSTASH_DISABLE_TELEMETRY: "1",
  };
}
