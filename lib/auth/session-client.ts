import { readAnswer, receive, toAppError } from "#lib/http/api-client.ts";
import { isFields } from "#lib/json.ts";

/** Long enough for slow discovery of a provider after a cold start. */
const TIMEOUT_MS = 15_000;

export type SignIn = { way: string; callbackUrl: string; name?: string; email?: string };

/**
 * Starts signing in.
 *
 * @returns the next address: the provider's page; after "try it", where the user wanted to go.
 * @throws AppError `rate_limited` or `unavailable`.
 */
export async function beginSignIn({ way, ...fields }: SignIn): Promise<string> {
  return post(way === "try-it" ? "/api/auth/callback/try-it" : `/api/auth/signin/${way}`, fields);
}

/**
 * Ends the session in this browser. The provider's own session stays, see decision 010.
 *
 * @returns the next address.
 * @throws AppError `unavailable`
 */
export async function signOut(callbackUrl = "/"): Promise<string> {
  return post("/api/auth/signout", { callbackUrl });
}

/** next-auth expects forms rather than JSON, and a token that only our own pages can read. */
async function post(path: string, fields: Record<string, string>): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { csrfToken } = await readAnswer<{ csrfToken: string }>(fetch("/api/auth/csrf", { cache: "no-store", signal }));
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const { content } = await receive(fetch(path, { method: "POST", body, signal }));
  // A refusal also has a next step: the page that explains it.
  if (!isFields(content) || typeof content.url !== "string") throw toAppError(content);
  return content.url;
}
