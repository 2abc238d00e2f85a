import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/env.ts";
import { contentSecurityPolicy } from "#lib/http/content-security-policy.ts";
import { REQUEST_HEADER, requestIdOf } from "#lib/http/request-schema.ts";

/**
 * Gives each page its own content security policy and an id for the log, and nothing else: who may do what is decided where
 * it is done.
 *
 * Next takes the nonce for its scripts out of the policy on the request.
 */
export function proxy(request: NextRequest): NextResponse {
  const { MEDIA_SITES, NODE_ENV } = env();
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString("base64"),
    mediaUrls: MEDIA_SITES.map(({ url }) => url),
    isDevelopment: NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const requestId = requestIdOf(request.headers);
  headers.set(REQUEST_HEADER, requestId);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set(REQUEST_HEADER, requestId);
  return response;
}

export const config = {
  // Pages. The API has a policy of its own in next.config.mjs; files need none.
  matcher: ["/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)"],
};
