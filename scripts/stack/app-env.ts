import type { Secrets } from "./secrets.ts";

export type AppPlan = {
  pageUrl: string;
  secrets: Secrets;
  redis: { url: string; token: string };
  livekit: { url: string; apiUrl: string; apiKey: string };
};

/** The region and site of everything that runs on one machine. */
export const LOCAL_SITE = { site: "local-a", region: "local" };
export const LOCAL_API_KEY = "veet-local";

/** The environment the app needs, as lib/env.ts reads it, for a stack on this machine. */
export function appEnvironment({ pageUrl, secrets, redis, livekit }: AppPlan): Record<string, string> {
  return {
    NEXTAUTH_URL: pageUrl,
    NEXTAUTH_SECRET: secrets.nextAuth,
    IDENTITY_SECRET: secrets.identity,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    MEDIA_SITES: JSON.stringify([{ ...LOCAL_SITE, ...livekit, apiSecret: secrets.livekit }]),
    // Neither Next nor the Redis client phones home from a developer's machine.
    NEXT_TELEMETRY_DISABLED: "1",
    UPSTASH_DISABLE_TELEMETRY: "1",
  };
}
