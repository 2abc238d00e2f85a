import "server-only";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { env, hasSecureCookies } from "#lib/env.ts";
import { AccountId } from "#lib/ids.ts";

/**
 * All that a session cookie holds beside its dates: no e-mail, no picture, no subject of the provider.
 *
 * To sign somebody in from a test: `encode({ token: { accountId, name }, secret: NEXTAUTH_SECRET })` of `next-auth/jwt`,
 * as the cookie `sessionCookieName()`.
 */
export const SessionToken = z.object({ accountId: AccountId, name: z.string().min(1).max(400) });
export type SessionToken = z.infer<typeof SessionToken>;

/** next-auth's own name for the session cookie at this address. */
export function sessionCookieName(): string {
  return hasSecureCookies() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** @returns undefined for no cookie, a forged or foreign one, one that has run out, and one without an account. */
export async function readSessionToken(cookie: string | undefined): Promise<SessionToken | undefined> {
  if (!cookie) return undefined;
  try {
    return SessionToken.safeParse(await decode({ token: cookie, secret: env().NEXTAUTH_SECRET })).data;
  } catch {
    // What cannot be decrypted is no session; whoever sent it is nobody, and needs no reason.
    return undefined;
  }
}
