import "server-only";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets a request change something only if it comes from one of our own pages.
 *
 * Cookies are SameSite=Lax already, but neighbouring subdomains and old browsers get around that. A browser sends Origin with
 * every request other than GET and HEAD, so a request without it is refused as well.
 *
 * @throws AppError `cross_site`
 */
export function requireSameSite(method: string, headers: Headers): void {
  if (SAFE_METHODS.has(method)) return;
  const fetchSite = headers.get("sec-fetch-site");
  const isOurs = headers.get("origin") === siteOrigin() && (fetchSite === null || fetchSite === "same-origin");
  if (!isOurs) throw new AppError("cross_site");
}

/**
 * Whether one of our own pages asked for this page, according to the browser; older browsers do not say, which counts as no.
 */
export function isFromOwnPage(headers: Pick<Headers, "get">): boolean {
  return headers.get("sec-fetch-site") === "same-origin";
}

/** Where users reach the site: scheme, host and port. */
export function siteOrigin(): string {
  return new URL(env().NEXTAUTH_URL).origin;
}
