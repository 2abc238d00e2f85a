import { z } from "zod";
import type { MediaSite } from "#lib/media-sites.ts";
import { MetricsListenVariable } from "#lib/metrics-address.ts";
import { RedisVariables, readVariables, withOneRedis } from "#lib/shared-env.ts";

/** The environment of the gatekeeper of one media node. It contains nothing that signs sessions or identifies users. */
const Variables = z.object({
  /** Where it listens: the only port of the node that the load balancer knows. */
  GATEKEEPER_PORT: z.coerce.number().int().min(0).max(65_535),
  /** The address it listens at. */
  GATEKEEPER_HOST: z.string().min(1).default("0.0.0.0"),
  /** The LiveKit server behind it, on the same machine. */
  GATEKEEPER_TARGET: z.url({ protocol: /^http$/ }),
  /** Name of the site, as in the app's MEDIA_SITES. */
  GATEKEEPER_SITE: z.string().regex(/^[a-z0-9-]{1,24}$/),
  /** The Redis through which the LiveKit servers of a site find each other; unset if there is only one server. */
  GATEKEEPER_SITE_REDIS: z.url({ protocol: /^rediss?$/ }).optional(),
  /** The LiveKit server's metrics endpoint. */
  GATEKEEPER_METRICS: z.url({ protocol: /^http$/ }).default("http://127.0.0.1:6789/metrics"),
  /** Where it serves its own metrics and LiveKit's, `address:port`; nowhere unless set. */
  GATEKEEPER_METRICS_LISTEN: MetricsListenVariable.optional(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(32),
  /** While a key is being replaced: the other key that tokens may be signed with. */
  LIVEKIT_OTHER_API_KEY: z.string().min(1).optional(),
  LIVEKIT_OTHER_API_SECRET: z.string().min(32).optional(),
  ...RedisVariables.omit({ REDIS_TIMEOUT_MS: true }).shape,
});
export type GatekeeperEnv = z.infer<typeof Variables>;
export const GATEKEEPER_VARIABLES = Object.keys(Variables.shape);

/** @throws Error that lists every missing or wrong variable. */
export function readGatekeeperEnv(source: Record<string, string | undefined>): GatekeeperEnv {
  return readVariables(withOneRedis(Variables), source, "The gatekeeper's environment");
}

/** The key pairs that tokens may be signed with: one, except during a rotation. */
export function keysOf(own: GatekeeperEnv): [KeyPair, ...KeyPair[]] {
  const { LIVEKIT_OTHER_API_KEY: apiKey, LIVEKIT_OTHER_API_SECRET: apiSecret } = own;
  const key = { apiKey: own.LIVEKIT_API_KEY, apiSecret: own.LIVEKIT_API_SECRET };
  return apiKey && apiSecret ? [key, { apiKey, apiSecret }] : [key];
}
type KeyPair = { apiKey: string; apiSecret: string };

/** The one site of this gatekeeper as lib/ knows sites. Only its key and its API's address are used here. */
export function siteOf(own: GatekeeperEnv): MediaSite {
  const { GATEKEEPER_TARGET: apiUrl, GATEKEEPER_SITE: site } = own;
  const key = { apiKey: own.LIVEKIT_API_KEY, apiSecret: own.LIVEKIT_API_SECRET };
  return { site, region: site, url: apiUrl.replace("http", "ws"), apiUrl, ...key };
}
