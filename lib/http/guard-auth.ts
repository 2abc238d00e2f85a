import "server-only";
import { NextRequest } from "next/server";
import { AppError } from "#lib/errors.ts";
import { answer } from "./answer.ts";
import { addressKeyOf } from "./client-address.ts";
import { type RateLimiter, rateLimiter } from "./rate-limiter.ts";
import { readBytes } from "./read-input.ts";
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
export function guardAuth(library: AuthHandler, limiter: RateLimiter = rateLimiter) {
  return (request: NextRequest, { params }: { params: Promise<AuthParams> }): Promise<Response> =>
    answer({ request, route: "/api/auth/[...nextauth]" }, async (headers) => {
      const action = (await params).nextauth[0] ?? "";
      if (!ACTIONS[request.method]?.has(action)) throw new AppError("not_found");
      const checked = request.method === "POST" ? await checkPost(request, action, limiter) : request;
      const response = await library(checked, await params);
      for (const [name, value] of headers) response.headers.set(name, value);
      response.headers.set("cache-control", "no-store, private");
      return response;
    });
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
