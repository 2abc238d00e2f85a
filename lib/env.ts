import "server-only";
import { z } from "zod";
import { HostsAllowed } from "./hosts-allowed.ts";
import { AccountId } from "./ids.ts";
import { MetricsListenVariable } from "./metrics-address.ts";
import {
  LobbyVariables,
  MediaVariables,
  RedisVariables,
  TraceVariables,
  readVariables,
  withOneRedis,
} from "./shared-env.ts";

const optional = z.string().min(1).optional();
const accountIds = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(AccountId))
  .default([]);
const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");

/** What the web app reads; lib/shared-env.ts holds the parts that other processes read, too. */
const Variables = z.object({
  ...RedisVariables.shape,
  ...MediaVariables.shape,
  ...TraceVariables.shape,
  ...LobbyVariables.shape,
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** Where users reach the site; also next-auth's own name for it. */
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }),
  /** Signs and encrypts session cookies. */
  NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  /** Turns accounts, guest cookies and addresses into opaque ids. Never rotated: room ownership depends on it. */
  IDENTITY_SECRET: z.string().min(32, "must have at least 32 characters"),
  GOOGLE_CLIENT_ID: optional,
  GOOGLE_CLIENT_SECRET: optional,
  GITHUB_CLIENT_ID: optional,
  GITHUB_CLIENT_SECRET: optional,
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  /** The OIDC provider's name on the sign-in button. */
  OIDC_NAME: z.string().min(1).default("your organisation"),
  /** Sign in with nothing but a name: development only. */
  TRY_IT_SIGN_IN: flag,
  /** Who can sign in to host meetings: lib/hosts-allowed.ts describes the format. Without it everyone who can sign in. */
  HOSTS_ALLOWED: HostsAllowed.optional(),
  /** Account ids of the operators, who see the status page. */
  OPERATORS: accountIds,
  /** The secret with which the schedule requests a check of all sites. Without it that address does not exist. */
  PROBE_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** The headers that the collector needs, `name=value`, comma-separated. OpenTelemetry's library reads them itself. */
  OTEL_EXPORTER_OTLP_HEADERS: optional,
  /** Where `npm start` serves its metrics, `address:port`; nowhere unless set. */
  METRICS_LISTEN: MetricsListenVariable.optional(),
  /** The header in which the proxy in front of the app passes the browser's address; the last entry of it counts. */
  CLIENT_ADDRESS_HEADER: z.string().min(1).default("x-forwarded-for"),
  /**
   * Multiplies every limit of lib/http/rate-limits.ts and an address's share of a lobby: for load tests, and for a site whose
   * users all share one address.
   */
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.1).max(1000).default(1),
  /**
   * How long another region must be much nearer before participants move there, in seconds: the comparison takes once to twice
   * as long.
   */
  NEARER_REGION_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
  MAX_PARTICIPANTS: z.coerce.number().int().min(2).max(1000).default(100),
});

const pairs = [
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
] as const;

const Environment = withOneRedis(Variables).superRefine((value, context) => {
  for (const [id, secret] of pairs) {
    if (Boolean(value[id]) !== Boolean(value[secret])) {
      context.addIssue({
        code: "custom",
        path: [value[id] ? secret : id],
        message: `is needed with ${value[id] ? id : secret}`,
      });
    }
  }
  if (value.OIDC_ISSUER && !(value.OIDC_CLIENT_ID && value.OIDC_CLIENT_SECRET)) {
    context.addIssue({
      code: "custom",
      path: ["OIDC_CLIENT_ID"],
      message: "and OIDC_CLIENT_SECRET are needed with OIDC_ISSUER",
    });
  }
  if (value.NODE_ENV === "production") refuseInProduction(value, context);
});
export type Env = z.infer<typeof Environment>;

/** Refuses what is fine on a laptop but not on a server on the internet. */
function refuseInProduction(value: z.infer<typeof Variables>, context: z.RefinementCtx): void {
  if (value.TRY_IT_SIGN_IN) {
    context.addIssue({
      code: "custom",
      path: ["TRY_IT_SIGN_IN"],
      message: "lets anyone sign in as anyone, so production refuses it",
    });
  }
  const open = publicProvider(value);
  if (open && !value.HOSTS_ALLOWED) {
    context.addIssue({
      code: "custom",
      path: ["HOSTS_ALLOWED"],
      message: `is needed with ${open}, where anyone can have an account: list who may host, or set * to let everyone`,
    });
  }
  const site = new URL(value.NEXTAUTH_URL);
  if (site.protocol !== "https:" && !isLoopback(site.hostname)) {
    context.addIssue({
      code: "custom",
      path: ["NEXTAUTH_URL"],
      message: "must be https, or cookies and cameras do not work",
    });
  }
  for (const { apiKey, site: name } of value.MEDIA_SITES) {
    if (apiKey === "devkey") {
      context.addIssue({ code: "custom", path: ["MEDIA_SITES"], message: `uses LiveKit's development key on ${name}` });
    }
  }
}

/** Issuers at which anyone can have an account, by host name and the beginning of the path. */
const PUBLIC_ISSUERS = [
  /^https:\/\/accounts\.google\.com(\/|$)/,
  /^https:\/\/gitlab\.com(\/|$)/,
  // Microsoft's tenants for everyone, and its tenant for personal accounts.
  /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(\/|$)/,
];

/** A configured provider at which anyone can have an account, if there is one. */
function publicProvider({ GOOGLE_CLIENT_ID, GITHUB_CLIENT_ID, OIDC_ISSUER = "" }: z.infer<typeof Variables>) {
  if (GOOGLE_CLIENT_ID) return "Google";
  if (GITHUB_CLIENT_ID) return "GitHub";
  return PUBLIC_ISSUERS.some((issuer) => issuer.test(OIDC_ISSUER)) ? "this OIDC_ISSUER" : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/**
 * Parses the web app's variables.
 *
 * @throws Error whose message lists every missing or wrong variable.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  return readVariables(Environment, source);
}

/** The names an operator can set; infrastructure tests compare this list with what is deployed. */
export const VARIABLE_NAMES = Object.keys(Variables.shape);

let cached: Env | undefined;
/** The web app's variables, parsed at first use. Code that another process runs, too, reads lib/shared-env.ts. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/** The AWS region this process runs in. Lambda sets it; operators do not. */
export function ownAwsRegion(): string | undefined {
  return process.env.AWS_REGION;
}

/**
 * Whether cookies carry `Secure` and the `__Host-` prefix: always, except over plain http on a laptop, where Safari refuses
 * them.
 */
export function hasSecureCookies(): boolean {
  return env().NEXTAUTH_URL.startsWith("https:");
}
