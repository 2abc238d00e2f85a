import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { AppError } from "#lib/errors.ts";
import { env } from "#lib/env.ts";
import { contentSecurityPolicy } from "#lib/http/content-security-policy.ts";
import { REQUEST_HEADER, requestIdOf } from "#lib/http/request-schema.ts";
import { respondError } from "#lib/http/respond.ts";
import { PAGE_METHODS } from "#lib/http/screen-request.ts";
import { canonicalMeetingPath } from "#lib/rooms/meeting-address.ts";

/**
 * Sets each page's content security policy and request id, and redirects any form of a meeting's address to the canonical one.
 * Authorisation is checked in routes and pages, never here.
 *
 * Next reads the nonce for its scripts from the policy on the request.
 */
export function proxy(request: NextRequest): Response {
  const { MEDIA_SITES, NODE_ENV } = env();
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString("base64"),
    mediaUrls: MEDIA_SITES.map(({ url }) => url),
    isDevelopment: NODE_ENV === "development",
  });
  const requestId = requestIdOf(request.headers);
  const said = { "content-security-policy": policy, [REQUEST_HEADER]: requestId };
  // Our own server has refused these already; behind CloudFront this is the first place that can.
  if (!PAGE_METHODS.includes(request.method))
    return respondError(new AppError("method_not_allowed"), new Headers({ ...said, allow: PAGE_METHODS.join(", ") }));

  const path = canonicalMeetingPath(request.nextUrl.pathname);
  if (path) {
    const address = request.nextUrl.clone();
    address.pathname = path;
    return NextResponse.redirect(address, { status: 308, headers: said });
  }
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(said)) headers.set(name, value);
  return NextResponse.next({ request: { headers }, headers: said });
}

export const config = {
  // All pages. The API has its own policy in next.config.mjs; existing files need none.
  matcher: ["/((?!api/|_next/static/|_next/image$|favicon\\.ico$|icon\\.svg$).*)"],
};
