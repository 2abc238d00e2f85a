import "server-only";
import type { AuthOptions } from "next-auth";
import { env } from "#lib/env.ts";
import { describeError, log } from "#lib/log.ts";
import { accountIdOf, nameOf } from "./account.ts";
import { providers } from "./providers.ts";
import { safePath } from "./safe-path.ts";
import { SESSION_SECONDS, SessionToken } from "./session-token.ts";

/**
 * next-auth's settings: sessions are encrypted cookies, nothing of them is stored.
 *
 * The token holds `{ accountId, name }`, both from the moment of signing in, and is read by lib/auth/session-token.ts;
 * that file says how a test signs somebody in.
 */
export function authOptions(): AuthOptions {
  return {
    providers: providers(),
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    callbacks: {
      jwt({ token, account, user }) {
        // Only while signing in is there an account; later this is called to renew what is there already.
        if (account) return { accountId: accountIdOf(account.provider, account.providerAccountId), name: nameOf(user) };
        return SessionToken.safeParse(token).data ?? {};
      },
      session({ session, token }) {
        const { accountId, name } = SessionToken.parse(token);
        return { expires: session.expires, accountId, user: { name } };
      },
      redirect: ({ url, baseUrl }) => baseUrl + safePath(url, baseUrl),
    },
    logger: {
      error: (code, facts) => log("error", "sign-in.failed", { code, error: describeError(errorIn(facts)) }),
      warn: (code) => log("warn", "sign-in.warning", { code }),
      // Tokens and profiles go by here.
      debug: () => undefined,
    },
  };
}

/** The library hands over either the error or an object that holds it among things which are not for a log. */
function errorIn(facts: Error | { error?: unknown }): unknown {
  return facts instanceof Error ? facts : facts.error;
}
