import { encode } from "next-auth/jwt";
import { z } from "zod";
import { newSignInId, RoomCode } from "#lib/ids.ts";
import { type Edge, type Guard, type RouteHandler, anyone, handleAt } from "#lib/http/handle.ts";
import { newGuestPass } from "#lib/auth/guest-pass.ts";
import type { RateLimiter } from "#lib/http/rate-limiter.ts";

export const SITE = "http://localhost:3000";
const NOW_MS = Date.now();
export const CODE = "abc-defg-hij";
export const ACCOUNT = { accountId: `a_${"x".repeat(27)}`, name: "Ada" };
/** A session's data besides the account. */
export const SIGN_IN = { signInId: newSignInId(), signedInAtMs: NOW_MS };
export const PASS = newGuestPass(NOW_MS);

export type World = ReturnType<typeof world>;

/** The dependencies of one test: records counts and reports. */
export function world(limits: Partial<RateLimiter> = {}, signedOut: readonly string[] = []) {
  const counted: string[] = [];
  const reported: { event: string; text: string }[] = [];
  const limiter: RateLimiter = {
    count: (name) => Promise.resolve(void counted.push(name)),
    refuseGuesser: () => Promise.resolve(),
    ...limits,
  };
  const edge: Edge = {
    limiter,
    clock: () => NOW_MS,
    hasEnded: ({ signInId }) => Promise.resolve(signedOut.includes(signInId)),
    report: (level, event, facts) => void reported.push({ event, text: JSON.stringify({ level, facts }) }),
  };
  return { handle: handleAt(edge), edge, counted, reported };
}

const Body = z.strictObject({ name: z.string().max(5), deep: z.strictObject({ n: z.number() }).optional() });
export const params = z.object({ code: RoomCode });
export const answer = z.object({ said: z.string() });

/** A request as our own page sends it, unless changed. */
export function post(
  handler: RouteHandler,
  init: RequestInit & { code?: string; path?: string } = {},
): Promise<Response> {
  const { code = CODE, path = `/api/rooms/${code}/things`, ...rest } = init;
  const headers = { origin: SITE, "content-type": "application/json", ...(rest.headers as Record<string, string>) };
  const stream = rest.body instanceof ReadableStream ? { duplex: "half" } : {};
  const request = new Request(SITE + path, {
    method: "POST",
    body: '{"name":"Ada"}',
    ...rest,
    ...stream,
    headers,
  } as RequestInit);
  return handler(request, { params: Promise.resolve({ code }) });
}

export async function errorOf(response: Response) {
  return z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) }).parse(await response.json())
    .error;
}

/** A route that answers with the name it received. */
export const echo = ({ handle }: World, allow: Guard<unknown, unknown> = anyone) =>
  handle({ params, body: Body, answer, allow }, ({ body }) => Promise.resolve({ said: body.name }));

/** The cookies of a signed-in user who was here as a guest before. */
export async function sessionHeaders(maxAgeSeconds?: number): Promise<Record<string, string>> {
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  const token = await encode({
    token: { ...ACCOUNT, ...SIGN_IN },
    secret,
    ...(maxAgeSeconds ? { maxAge: maxAgeSeconds } : {}),
  });
  return { cookie: `next-auth.session-token=${token}; veet-guest=${PASS}` };
}
