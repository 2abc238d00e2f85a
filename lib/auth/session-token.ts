import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env, hasSecureCookies } from "#lib/env.ts";
import { AccountId } from "#lib/ids.ts";

/** Whoever does nothing here for this long has to sign in again. */
export const SESSION_SECONDS = 12 * 60 * 60;
/** A session is renewed at most this often, so that most answers set no cookie. */
const RENEW_AFTER_SECONDS = 60 * 60;

/**
 * All that a session cookie holds beside its dates: no e-mail, no picture, no subject of the provider.
 *
 * To sign somebody in from a test: `encode({ token: { accountId, name }, secret: NEXTAUTH_SECRET })` of `next-auth/jwt`,
 * as the cookie `sessionCookieName()`; `accountId` is `a_` and 27 characters of base64url.
 */
export const SessionToken = z.object({ accountId: AccountId, name: z.string().min(1).max(400) });
export type SessionToken = z.infer<typeof SessionToken>;

const DatedToken = SessionToken.extend({ exp: z.number() });
/** `isAgeing`: time to renew it, see `renewSession`. */
export type Session = SessionToken & { isAgeing: boolean };

/** next-auth's own name for the session cookie at this address. */
export function sessionCookieName(): string {
  return hasSecureCookies() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** @returns undefined for no cookie, a forged or foreign one, one that has run out, and one without an account. */
export async function readSession(cookie: string | undefined, nowMs: number): Promise<Session | undefined> {
  const token = cookie && DatedToken.safeParse(await decrypt(cookie)).data;
  if (!token) return undefined;
  const { accountId, name, exp } = token;
  return { accountId, name, isAgeing: exp - nowMs / 1000 < SESSION_SECONDS - RENEW_AFTER_SECONDS };
}

/** What cannot be decrypted is no session; whoever sent it is nobody, and needs no reason. */
async function decrypt(cookie: string): Promise<unknown> {
  try {
    return await decode({ token: cookie, secret: env().NEXTAUTH_SECRET });
  } catch {
    return undefined;
  }
}

/**
 * Makes a session last for another SESSION_SECONDS. Without it a host who signed in at nine would be a stranger in the
 * middle of the meeting at nine in the evening.
 *
 * @returns the value of a Set-Cookie header.
 */
export async function renewSession({ accountId, name }: SessionToken): Promise<string> {
  const value = await encode({ token: { accountId, name }, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS });
  const secure = hasSecureCookies() ? "; Secure" : "";
  return `${sessionCookieName()}=${value}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
