import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env, hasSecureCookies } from "#lib/env.ts";
import { AccountId, newSignInId, SignInId } from "#lib/ids.ts";

/** A session that is unused for this long has ended. */
export const SESSION_SECONDS = 12 * 60 * 60;
/** A session is renewed at most this often, so that most answers set no cookie. */
const RENEW_AFTER_SECONDS = 60 * 60;
/**
 * A session ends this long after sign-in, however much it is used. Six and a half days, not seven: people sign in during
 * working hours, often minutes before a weekly meeting, and must not lose the session in the middle of the next one.
 */
export const LONGEST_SESSION_MS = 156 * 60 * 60 * 1000;

/**
 * All that a session cookie holds besides its dates: no e-mail, no picture, no subject of the provider.
 *
 * To sign a user in from a test: `encode({ token, secret: NEXTAUTH_SECRET })` of `next-auth/jwt`, as the cookie
 * `sessionCookieName()`; `accountId` is `a_` and 27 characters of base64url, `signInId` is `s_` and 20 of 0-9a-z.
 */
export const SessionToken = z.object({
  accountId: AccountId,
  name: z.string().min(1).max(400),
  signInId: SignInId,
  signedInAtMs: z.number().int().positive(),
});
export type SessionToken = z.infer<typeof SessionToken>;

const DatedToken = SessionToken.extend({ exp: z.number() });
/** `isAgeing`: time to renew it, see `renewSession`. */
export type Session = SessionToken & { isAgeing: boolean };

/** Returns the token of a new session. */
export function beginSession(person: Pick<SessionToken, "accountId" | "name">, nowMs: number): SessionToken {
  return { ...person, signInId: newSignInId(), signedInAtMs: nowMs };
}

/** `__Host-` makes browsers refuse a cookie of that name from a neighbouring subdomain. */
export function sessionCookieName(): string {
  return `${hasSecureCookies() ? "__Host-" : ""}next-auth.session-token`;
}

/**
 * Reads a session cookie. Only Redis knows whether it was ended: ask `hasSessionEnded`.
 *
 * @returns undefined for no cookie, a forged, foreign or expired one, and one without an account.
 */
export async function readSession(cookie: string | undefined, nowMs: number): Promise<Session | undefined> {
  const read = cookie && DatedToken.safeParse(await decrypt(cookie)).data;
  if (!read) return undefined;
  const { exp, ...token } = read;
  if (nowMs >= token.signedInAtMs + LONGEST_SESSION_MS) return undefined;
  const gainedSeconds = secondsLeft(token, nowMs) - (exp - nowMs / 1000);
  return { ...token, isAgeing: gainedSeconds > RENEW_AFTER_SECONDS };
}

/** A cookie that cannot be decrypted is no session; the sender gets no reason. */
async function decrypt(cookie: string): Promise<unknown> {
  try {
    return await decode({ token: cookie, secret: env().NEXTAUTH_SECRET });
  } catch {
    return undefined;
  }
}

/** How long a session that is renewed now lasts if it is not used. */
function secondsLeft({ signedInAtMs }: SessionToken, nowMs: number): number {
  return Math.min(SESSION_SECONDS, Math.floor((signedInAtMs + LONGEST_SESSION_MS - nowMs) / 1000));
}

/**
 * Extends a session by another SESSION_SECONDS, but not beyond its end. Without this, a host who signed in at nine would lose
 * the session during a meeting at nine in the evening.
 *
 * @returns the value of a Set-Cookie header.
 */
export async function renewSession(
  { accountId, name, signInId, signedInAtMs }: SessionToken,
  nowMs: number,
): Promise<string> {
  const token = { accountId, name, signInId, signedInAtMs };
  const maxAge = secondsLeft(token, nowMs);
  return cookie(await encode({ token, secret: env().NEXTAUTH_SECRET, maxAge }), maxAge);
}

/** @returns the value of a Set-Cookie header that deletes the session cookie. */
export function serialiseNoSession(): string {
  return cookie("", 0);
}

function cookie(value: string, maxAgeSeconds: number): string {
  const secure = hasSecureCookies() ? "; Secure" : "";
  return `${sessionCookieName()}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
