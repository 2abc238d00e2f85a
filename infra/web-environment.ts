import type { KeyPair } from "./keys.ts";
import type { Names } from "./names.ts";
import type { Site } from "./regions.ts";

/** Where CloudFront's own idea of the browser's address is put, over whatever a browser put there. */
export const VIEWER_ADDRESS_HEADER = "x-veet-viewer-address";

/** What the app knows of a site, as `MEDIA_SITES` lists them. */
type MediaSite = { site: string; region: string; url: string; apiUrl: string; apiKey: string; apiSecret: string };

export type WebInputs = {
  names: Names;
  sites: readonly { site: Site; keys: readonly [KeyPair, ...KeyPair[]] }[];
  redis: { url: string; token: string };
  secrets: Record<
    | "nextAuth"
    | "identity"
    | "googleClientId"
    | "googleClientSecret"
    | "gitHubClientId"
    | "gitHubClientSecret"
    | "oidcIssuer"
    | "oidcClientId"
    | "oidcClientSecret"
    | "oidcName"
    | "operators"
    | "otlpEndpoint"
    | "otlpHeaders",
    string
  >;
  probeSecret: string;
};

/** Every variable of lib/env.ts but NODE_ENV, which Next sets; a test compares the two lists. An empty one counts as absent. */
export function webEnvironment({ names, sites, redis, secrets, probeSecret }: WebInputs): Record<string, string> {
  return {
    NEXTAUTH_URL: `https://${names.app}`,
    NEXTAUTH_SECRET: secrets.nextAuth,
    IDENTITY_SECRET: secrets.identity,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    MEDIA_SITES: JSON.stringify(mediaSites(names, sites)),
    GOOGLE_CLIENT_ID: secrets.googleClientId,
    GOOGLE_CLIENT_SECRET: secrets.googleClientSecret,
    GITHUB_CLIENT_ID: secrets.gitHubClientId,
    GITHUB_CLIENT_SECRET: secrets.gitHubClientSecret,
    OIDC_ISSUER: secrets.oidcIssuer,
    OIDC_CLIENT_ID: secrets.oidcClientId,
    OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
    OIDC_NAME: secrets.oidcName,
    TRY_IT_SIGN_IN: "0",
    OPERATORS: secrets.operators,
    PROBE_SECRET: probeSecret,
    OTEL_EXPORTER_OTLP_ENDPOINT: secrets.otlpEndpoint,
    OTEL_EXPORTER_OTLP_HEADERS: secrets.otlpHeaders,
    CLIENT_ADDRESS_HEADER: VIEWER_ADDRESS_HEADER,
    RATE_LIMIT_FACTOR: "1",
    REDIS_TIMEOUT_MS: "1100",
    NEARER_REGION_SECONDS: "60",
    MAX_WAITING: "100",
    MAX_PARTICIPANTS: "100",
  };
}

/**
 * A site's first key signs. While a key is replaced the site is listed again with the other one, at the end: the app signs
 * with the first that it finds, and takes webhooks signed with any.
 */
function mediaSites(names: Names, sites: WebInputs["sites"]): MediaSite[] {
  const entry = (site: Site, key: KeyPair): MediaSite => ({
    site: site.name,
    region: site.region.code,
    url: `wss://${names.site(site)}`,
    apiUrl: `https://${names.api(site)}`,
    ...key,
  });
  const current = sites.map(({ site, keys: [key] }) => entry(site, key));
  const others = sites.flatMap(({ site, keys: [, ...rest] }) => rest.map((key) => entry(site, key)));
  return [...current, ...others];
}
