import "server-only";
import { z } from "zod";
import { HostsAllowed } from "./hosts-allowed.ts";
import { AccountId } from "./ids.ts";
import { MediaSites } from "./media-sites.ts";
import { MetricsListenVariable } from "./metrics-address.ts";

export type { MediaSite } from "./media-sites.ts";

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not valid JSON" });
    return z.NEVER;
  }
});
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

const Variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** Where people reach the site; also next-auth's own name for it. */
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }),
  /** Signs and encrypts session cookies. */
  NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  /** Turns accounts, guest cookies and addresses into opaque ids. Never rotated: room ownership hangs on it. */
  IDENTITY_SECRET: z.string().min(32, "must have at least 32 characters"),
  UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/ }),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1),
  /** Where legs can live: docs/operations.md has the form. */
  MEDIA_SITES: json.pipe(MediaSites),
  GOOGLE_CLIENT_ID: optional,
  GOOGLE_CLIENT_SECRET: optional,
  GITHUB_CLIENT_ID: optional,
  GITHUB_CLIENT_SECRET: optional,
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  /** What the sign-in button calls the OIDC provider. */
  OIDC_NAME: z.string().min(1).default("your organisation"),
  /** Sign in with a name and nothing else: development only. */
  TRY_IT_SIGN_IN: flag,
  /** Who may sign in to host meetings: lib/hosts-allowed.ts has the form. Without it everyone who can sign in. */
  HOSTS_ALLOWED: HostsAllowed.optional(),
  /** Account ids of those who see the status page. */
  OPERATORS: accountIds,
  /** What the schedule shows when it has the sites looked at. Without it there is no such address. */
  PROBE_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** Where traces go, an OTLP collector's address; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** What the collector wants to be shown, `name=value` with commas between. OpenTelemetry's library reads it by itself. */
  OTEL_EXPORTER_OTLP_HEADERS: optional,
  /** Where `npm start` serves its metrics, `address:port`; nowhere unless set. */
  METRICS_LISTEN: MetricsListenVariable.optional(),
  /** The header in which the proxy in front of the app tells the browser's address; the last entry of it counts. */
  CLIENT_ADDRESS_HEADER: z.string().min(1).default("x-forwarded-for"),
  /** Multiplies every limit of lib/http/rate-limits.ts and an address's share of a lobby: for load tests, and for a site whose people all share one address. */
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.1).max(1000).default(1),
  /** How long Redis may take to answer, in milliseconds: more where it is far away, or shares a busy machine. */
  REDIS_TIMEOUT_MS: z.coerce.number().int().min(200).max(10_000).default(1_100),
  /** How long another region must be much nearer before people move there, in seconds: the comparison takes once to twice as long. */
  NEARER_REGION_SECONDS: z.coerce.number().min(1).max(3_600).default(60),
  /** Guests; as many signed-in users have places of their own. */
  MAX_WAITING: z.coerce.number().int().min(1).max(1000).default(100),
  MAX_PARTICIPANTS: z.coerce.number().int().min(2).max(1000).default(100),
});

const pairs = [
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
] as const;

const Environment = Variables.superRefine((value, context) => {
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

/** What a laptop may have and a server on the internet may not. */
function refuseInProduction(value: z.infer<typeof Variables>, context: z.RefinementCtx): void {
  if (value.TRY_IT_SIGN_IN) {
    context.addIssue({
      code: "custom",
      path: ["TRY_IT_SIGN_IN"],
      message: "lets anybody sign in as anybody, so production refuses it",
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

/** Issuers at which anyone can have an account, by host name and how the path begins. */
const PUBLIC_ISSUERS = [
  /^https:\/\/accounts\.google\.com(\/|$)/,
  /^https:\/\/gitlab\.com(\/|$)/,
  // Microsoft's tenants for everyone, and its one for personal accounts.
  /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(\/|$)/,
];

/** A provider at which anyone can have an account, if one is set up. */
function publicProvider({ GOOGLE_CLIENT_ID, GITHUB_CLIENT_ID, OIDC_ISSUER = "" }: z.infer<typeof Variables>) {
  if (GOOGLE_CLIENT_ID) return "Google";
  if (GITHUB_CLIENT_ID) return "GitHub";
  return PUBLIC_ISSUERS.some((issuer) => issuer.test(OIDC_ISSUER)) ? "this OIDC_ISSUER" : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/**
 * Parses the server's variables.
 *
 * @throws Error whose message lists every missing or wrong variable, one on a line, so that one look mends all.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  // An empty variable is an absent one: deployment tools cannot always leave a name out.
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${describe(message)}`);
  throw new Error(`The environment is not complete:\n${[...new Set(lines)].join("\n")}`);
}

function describe(message: string): string {
  return message.includes("received undefined") ? "is missing" : message;
}

/** The names an operator may set; infrastructure tests compare this list with what is deployed. */
export const VARIABLE_NAMES = Object.keys(Variables.shape);

let cached: Env | undefined;
/** The server's variables, parsed at first use. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/** The AWS region this process runs in, which Lambda sets and nobody configures. */
export function ownAwsRegion(): string | undefined {
  return process.env.AWS_REGION;
}

/** Whether cookies carry `Secure` and the `__Host-` prefix: always, but for plain http on a laptop, where Safari refuses them. */
export function hasSecureCookies(): boolean {
  return env().NEXTAUTH_URL.startsWith("https:");
}
