import "server-only";
import { NextRequest } from "next/server";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { addressKeyOf } from "./client-address.ts";
import { type RateLimiter, rateLimiter } from "./rate-limiter.ts";
import { readBytes } from "./read-input.ts";
import { reportError } from "./report.ts";
import { respondError, toAppError } from "./respond.ts";
import { requireSameSite } from "./same-site.ts";

type AuthParams = { nextauth: string[] };
type AuthHandler = (request: NextRequest, params: AuthParams) => Promise<Response>;

/** The library answers more than these: among the rest a door through which anybody writes into our log. */
const ACTIONS: Record<string, ReadonlySet<string>> = {
  GET: new Set(["csrf", "session", "signin", "callback", "error"]),
  POST: new Set(["signin", "callback", "signout"]),
};
/** What asks something of a provider. */
const LIMITED = new Set(["signin", "callback"]);

/** Puts the edge that our own routes have around next-auth: our site only, so often only, so much only, never cached. */
export function guardAuth(answer: AuthHandler, limiter: RateLimiter = rateLimiter) {
  return async (request: NextRequest, { params }: { params: Promise<AuthParams> }): Promise<Response> => {
    try {
      const action = (await params).nextauth[0] ?? "";
      if (!ACTIONS[request.method]?.has(action)) throw new AppError("not_found");
      const checked = request.method === "POST" ? await checkPost(request, action, limiter) : request;
      const response = await answer(checked, await params);
      response.headers.set("cache-control", "no-store, private");
      return response;
    } catch (thrown) {
      const error = toAppError(thrown);
      const requestId = crypto.randomUUID();
      reportError(log, error, { route: "/api/auth/[...nextauth]", method: request.method, requestId });
      return respondError(error, new Headers({ "x-request-id": requestId }));
    }
  };
}

/** @returns the same request with its body read, and found short enough. */
async function checkPost(request: NextRequest, action: string, limiter: RateLimiter): Promise<NextRequest> {
  requireSameSite(request.method, request.headers);
  if (LIMITED.has(action)) {
    const caller = {
      actor: { kind: "guest", pass: undefined },
      addressKey: addressKeyOf(request.headers),
      code: undefined,
    } as const;
    await limiter.count("sign-in", caller);
  }
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBytes(request) });
}
