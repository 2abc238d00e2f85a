import { z } from "zod";
import { readAnswer, receive, toAppError } from "#lib/http/api-client.ts";

const CsrfAnswer = z.object({ csrfToken: z.string() });
const NextStep = z.object({ url: z.string() });

/** A provider that is slow to be found, and a cold start before it. */
const TIMEOUT_MS = 15_000;

export type SignIn = { way: string; callbackUrl: string; name?: string; email?: string };

/**
 * Begins to sign in.
 *
 * @returns the address to go on to: the provider's page; after "try it", where one wanted to be.
 * @throws AppError `rate_limited` or `unavailable`.
 */
export async function beginSignIn({ way, ...fields }: SignIn): Promise<string> {
  return post(way === "try-it" ? "/api/auth/callback/try-it" : `/api/auth/signin/${way}`, fields);
}

/**
 * Ends the session on this browser. The provider's own session is its own affair, see decision 010.
 *
 * @returns the address to go on to.
 * @throws AppError `unavailable`
 */
export async function signOut(callbackUrl = "/"): Promise<string> {
  return post("/api/auth/signout", { callbackUrl });
}

/** next-auth speaks forms rather than JSON, and wants a token back that only our own pages can read. */
async function post(path: string, fields: Record<string, string>): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { csrfToken } = await readAnswer(fetch("/api/auth/csrf", { cache: "no-store", signal }), CsrfAnswer);
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const { content } = await receive(fetch(path, { method: "POST", body, signal }));
  // A next step comes with a refusal too: the page that says why.
  const step = NextStep.safeParse(content);
  if (!step.success) throw toAppError(content);
  return step.data.url;
}
