import "server-only";
import type { AuthStep } from "#lib/auth/ask-next-auth.ts";
import { authCookies } from "#lib/auth/auth-options.ts";
import { cookieReader } from "#lib/auth/cookies.ts";
import { safePath } from "#lib/auth/safe-path.ts";
import { AppError } from "#lib/errors.ts";
import { readBytes, readQuery, UnreadableInput } from "./read-input.ts";
import { siteOrigin } from "./same-site.ts";

/** next-auth has more actions than these. One of them lets anyone write into our log. */
const ACTIONS: Record<AuthStep["method"], ReadonlySet<string>> = {
  GET: new Set(["csrf", "session", "signin", "callback", "error"]),
  POST: new Set(["signin", "callback", "signout"]),
};
/** Steps that concern one provider. */
const NEEDS_PROVIDER = new Set(["GET callback", "POST callback", "POST signin"]);
/** next-auth's own codes, which end in the address of our sign-in page. */
const ERROR_CODE = /^[A-Za-z_]{1,40}$/;

/**
 * Reads which step of signing in or out an address stands for.
 *
 * @param providers - The configured ones.
 * @throws AppError `method_not_allowed` or `not_found`, also for a provider that is not configured.
 */
export function readAuthPath(
  method: string,
  path: string[],
  providers: readonly string[],
): { method: AuthStep["method"]; action: string } {
  const [action = "", provider, ...rest] = path;
  if (method !== "GET" && method !== "POST") throw new AppError("method_not_allowed");
  const isKnown = ACTIONS[method].has(action) && rest.length === 0;
  const isProviderKnown = provider !== undefined && providers.includes(provider);
  const mayLackProvider = provider === undefined && !NEEDS_PROVIDER.has(`${method} ${action}`);
  if (!isKnown || !(isProviderKnown || mayLackProvider)) throw new AppError("not_found");
  return { method, action };
}

/**
 * Reads a form of at most 16 kB.
 *
 * @throws AppError `not_form` for any other content type, `body_too_large`, or `bad_request` for a name that is there twice.
 */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new AppError("not_form");
  const entries = [...new URLSearchParams(new TextDecoder().decode(await readBytes(request)))];
  const fields = Object.fromEntries(entries);
  if (Object.keys(fields).length < entries.length) throw new UnreadableInput("body");
  return fields;
}

/**
 * Returns the part of the query that next-auth may see. It answers 500 to a malformed `callbackUrl`, and copies `error` into a
 * header, where most characters are forbidden. A provider's own parameters are checked by its OAuth library.
 */
export function readAuthQuery(url: string, action: string): Record<string, string> {
  const { callbackUrl, error, nextauth: _, ...others } = readQuery(url);
  if (action === "callback") return { ...others, ...(error !== undefined && { error }) };
  return {
    ...(callbackUrl !== undefined && { callbackUrl: landing(callbackUrl) }),
    ...(error !== undefined && ERROR_CODE.test(error) && { error }),
  };
}

/** next-auth's cookies, except the session, which has been checked before. */
export function readAuthCookies(header: string | null): Record<string, string> {
  const cookie = cookieReader(header);
  const { sessionToken: _, callbackUrl, ...others } = authCookies();
  const found = Object.values(others).flatMap(({ name }) => {
    const value = cookie(name);
    return value ? [[name, decoded(value)] as const] : [];
  });
  const returnTo = cookie(callbackUrl.name);
  return {
    ...Object.fromEntries(found),
    ...(returnTo && { [callbackUrl.name]: landing(decoded(returnTo)) }),
  };
}

function landing(wanted: string): string {
  return siteOrigin() + safePath(wanted, siteOrigin());
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
