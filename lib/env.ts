import "server-only";
import { z } from "zod";

/** One place where a leg can live: a LiveKit cluster, the addresses of it and the key pair its tokens are signed with. */
const MediaSite = z.strictObject({
  site: z.string().regex(/^[a-z0-9-]{1,24}$/),
  region: z.string().regex(/^[a-z0-9-]{1,24}$/),
  /** What browsers connect to, `ws:` or `wss:`. */
  url: z.url({ protocol: /^wss?$/ }),
  /** What the app's server calls, `http:` or `https:`. */
  apiUrl: z.url({ protocol: /^https?$/ }),
  apiKey: z.string().min(1),
  apiSecret: z.string().min(32, "must have at least 32 characters"),
});
export type MediaSite = z.infer<typeof MediaSite>;

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not valid JSON" });
    return z.NEVER;
  }
});
const optional = z.string().min(1).optional();
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
  MEDIA_SITES: json.pipe(z.array(MediaSite).min(1)),
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
  /** The header in which the proxy in front of the app tells the browser's address; the last entry of it counts. */
  CLIENT_ADDRESS_HEADER: z.string().min(1).default("x-forwarded-for"),
  MAX_WAITING: z.coerce.number().int().min(1).max(1000).default(100),
  MAX_PARTICIPANTS: z.coerce.number().int().min(2).max(1000).default(100),
});
