import type { KeyPair } from "./keys.ts";
import type { Names } from "./names.ts";
import type { Site } from "./regions.ts";
import type { Limits } from "./settings.ts";

/** Our edge function writes the browser's address as CloudFront sees it here, over any value from the browser. */
export const VIEWER_ADDRESS_HEADER = "x-veet-viewer-address";

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
  limits: Limits;
};

/** Lambda's limit for the names and values of all variables of a function, in bytes. */
export const LAMBDA_BYTES = 4_096;
/** What SST and OpenNext add (listed in web-environment.test.ts), rounded up. */
export const ADDED_BYTES = 700;

/** Every variable of lib/env.ts except NODE_ENV, which Next sets; a test compares the two lists. An empty one counts as absent. */
export function webEnvironment(inputs: WebInputs): Record<string, string> {
  const { names, sites, redis, secrets, probeSecret, limits } = inputs;
  return {
    NEXTAUTH_URL: `https://${names.app}`,
    NEXTAUTH_SECRET: secrets.nextAuth,
    IDENTITY_SECRET: secrets.identity,
    // Functions use Upstash: they come and go, and connections over TCP would pile up.
    REDIS_URL: "",
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    MEDIA_SITES: mediaSites(names, sites),
    GOOGLE_CLIENT_ID: secrets.googleClientId,
    GOOGLE_CLIENT_SECRET: secrets.googleClientSecret,
    GITHUB_CLIENT_ID: secrets.gitHubClientId,
    GITHUB_CLIENT_SECRET: secrets.gitHubClientSecret,
    OIDC_ISSUER: secrets.oidcIssuer,
    OIDC_CLIENT_ID: secrets.oidcClientId,
    OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
    OIDC_NAME: secrets.oidcName,
    TRY_IT_SIGN_IN: "0",
    HOSTS_ALLOWED: limits.hostsAllowed,
    OPERATORS: secrets.operators,
    PROBE_SECRET: probeSecret,
    OTEL_EXPORTER_OTLP_ENDPOINT: secrets.otlpEndpoint,
    OTEL_EXPORTER_OTLP_HEADERS: secrets.otlpHeaders,
    // A function has no port to serve metrics on; the app's metrics are CloudWatch's.
    METRICS_LISTEN: "",
    CLIENT_ADDRESS_HEADER: VIEWER_ADDRESS_HEADER,
    RATE_LIMIT_FACTOR: String(limits.rateLimitFactor),
    REDIS_TIMEOUT_MS: "1100",
    NEARER_REGION_SECONDS: "60",
    MAX_WAITING: String(limits.maxWaiting),
    MAX_PARTICIPANTS: String(limits.maxParticipants),
  };
}

/** The size as Lambda counts it. */
export function bytesOf(environment: Record<string, string>): number {
  return Object.entries(environment).reduce((sum, pair) => sum + Buffer.byteLength(pair.join("")), 0);
}

/** @throws Error that says by how much it is too large, because Lambda itself refuses only midway through a deployment. */
export function checkSize(environment: Record<string, string>): Record<string, string> {
  const bytes = bytesOf(environment) + ADDED_BYTES;
  if (bytes <= LAMBDA_BYTES) return environment;
  throw new Error(
    `The app's environment has about ${bytes} bytes and Lambda takes ${LAMBDA_BYTES}: shorten a secret (OtlpHeaders, Operators) or VEET_HOSTS_ALLOWED, finish a key rotation, or list fewer sites.`,
  );
}

/** Each address and key once; lib/media-sites.ts explains why. */
function mediaSites(names: Names, sites: WebInputs["sites"]): string {
  const anySite = { name: "{site}" };
  const codes = [...new Set(sites.map(({ site }) => site.region.code))];
  const regions = codes.map((code) => {
    const own = sites.filter(({ site }) => site.region.code === code);
    return {
      region: code,
      sites: own.map(({ site }) => site.name),
      keys: own[0]?.keys,
      ...(own[0]?.site.region.isRetiring && { isRetiring: true }),
    };
  });
  return JSON.stringify({ url: `wss://${names.site(anySite)}`, apiUrl: `https://${names.api(anySite)}`, regions });
}
