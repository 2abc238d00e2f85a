import "server-only";
import type { AuthStep } from "#lib/auth/ask-next-auth.ts";
import { cookieReader } from "#lib/auth/cookies.ts";
import { signInWays } from "#lib/auth/providers.ts";
import { readSession, type Session, serialiseNoSession, sessionCookieName } from "#lib/auth/session-token.ts";
import { hasSessionEnded, saveSignedOut } from "#lib/auth/sign-out-repository.ts";
import { systemClock } from "#lib/clock.ts";
import { answer } from "./answer.ts";
import { readAuthCookies, readAuthPath, readAuthQuery, readForm } from "./auth-step.ts";
import { addressKeyOf } from "./client-address.ts";
import { type RateLimiter, rateLimiter } from "./rate-limiter.ts";
import type { LimitName } from "./rate-limits.ts";
import { requireSameSite } from "./same-site.ts";

/** Steps for which the server contacts a provider. */
const LIMITS: Record<string, LimitName> = {
  "POST signin": "sign-in",
  "POST callback": "sign-in",
  "GET callback": "sign-in.return",
};

const world = {
  limiter: rateLimiter,
  clock: systemClock,
  providers: (): readonly string[] => signInWays().map(({ id }) => id),
  hasEnded: hasSessionEnded,
  end: saveSignedOut,
};
export type AuthWorld = typeof world;
type AuthContext = { params: Promise<{ nextauth: string[] }> };

/**
 * Gives next-auth the same protection as our own routes: requests from our site only, limited, forms only, at most 16 kB, never
 * cached. Signing out ends the session in Redis first, so that no copy of its cookie counts after that.
 */
export function guardAuth(
  ask: (step: AuthStep) => Promise<Response>,
  { limiter, clock, providers, hasEnded, end }: AuthWorld = world,
) {
  return (request: Request, { params }: AuthContext): Promise<Response> =>
    answer({ request, route: "/api/auth/[...nextauth]" }, async (headers) => {
      requireSameSite(request.method, request.headers);
      const path = (await params).nextauth;
      const { method, action } = readAuthPath(request.method, path, providers());
      await countStep(limiter, `${method} ${action}`, request.headers);
      const query = readAuthQuery(request.url, action);
      const body = method === "POST" ? await readForm(request) : {};

      const given = cookieReader(request.headers.get("cookie"))(sessionCookieName());
      const session = await goingSession(given, clock(), hasEnded);
      if (session && action === "signout") await end(session.signInId);
      const cookies = readAuthCookies(request.headers.get("cookie"));
      if (session && given) cookies[sessionCookieName()] = given;
      if (!session && given) headers.append("set-cookie", serialiseNoSession());

      const response = await ask({ method, path, query, cookies, body, headers: request.headers });
      for (const [name, value] of response.headers) headers.append(name, value);
      headers.set("cache-control", "no-store, private");
      return new Response(response.body, { status: response.status, headers });
    });
}

async function countStep(limiter: RateLimiter, step: string, headers: Headers): Promise<void> {
  const name = LIMITS[step];
  if (!name) return;
  const actor = { kind: "guest", pass: undefined } as const;
  await limiter.count(name, { actor, addressKey: addressKeyOf(headers), code: undefined });
}

/** The session, unless it has expired or was signed out. next-auth would log an error for one that it cannot read. */
async function goingSession(
  cookie: string | undefined,
  nowMs: number,
  hasEnded: AuthWorld["hasEnded"],
): Promise<Session | undefined> {
  const session = await readSession(cookie, nowMs);
  return session && !(await hasEnded(session)) ? session : undefined;
}
