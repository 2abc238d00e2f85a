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
 * Gives each page its own content security policy and an id for the log, and leads a meeting's address in any writing to
 * the one form. Who may do what is decided where it is done.
 *
 * Next takes the nonce for its scripts out of the policy on the request.
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
  // On a server of one's own this was decided before Next; behind CloudFront it is here.
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
  // Pages. The API has a policy of its own in next.config.mjs; the files that are really there need none.
  matcher: ["/((?!api/|_next/static/|_next/image$|favicon\\.ico$|icon\\.svg$).*)"],
};
