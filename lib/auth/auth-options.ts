import "server-only";
import type { AuthOptions } from "next-auth";
import { env, hasSecureCookies } from "#lib/env.ts";
import { decideHost } from "#lib/hosts-allowed.ts";
import type { AccountId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { accountIdOf, nameOf } from "./account.ts";
import { providers } from "./providers.ts";
import { safePath } from "./safe-path.ts";
import { beginSession, SESSION_SECONDS, SessionToken, sessionCookieName } from "./session-token.ts";
import { signInFacts } from "./sign-in-facts.ts";
import { signInFailure } from "./sign-in-failure.ts";

/** Lifetime of the cookies in which next-auth keeps state, nonce and PKCE verifier during one sign-in. */
const FLOW_SECONDS = 15 * 60;

/** What one sign-in needs besides the environment. */
export type SignInContext = {
  /** Where the user wants to go afterwards, as next-auth received it: not checked. */
  returnTo: string | undefined;
  isBlocked: (account: AccountId) => Promise<boolean>;
};

/**
 * next-auth's settings: sessions are encrypted cookies, and nothing of them is stored.
 *
 * The token's fields are in lib/auth/session-token.ts. They are set once, at sign-in, and only for users who can host: the
 * session is all that is kept of that decision.
 */
export function authOptions({ returnTo, isBlocked }: SignInContext): AuthOptions {
  return {
    providers: providers(),
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    // The default is thirty days, whatever the cookie's own lifetime.
    jwt: { maxAge: SESSION_SECONDS },
    cookies: authCookies(),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    callbacks: {
      async signIn({ user, account, profile }) {
        if (!account) return false;
        const { provider } = account;
        const accountId = accountIdOf(provider, account.providerAccountId);
        const decision = decideHost(env().HOSTS_ALLOWED, signInFacts(provider, accountId, profile, user.email));
        const code = decision === "allowed" && (await isBlocked(accountId)) ? "account_blocked" : decision;
        if (code === "allowed") return true;
        // The operator finds the account's id here, and can add it to HOSTS_ALLOWED.
        log("info", "sign-in.refused", { code, provider, accountId });
        return `/sign-in?${new URLSearchParams({ error: code, callbackUrl: returnTo ?? "/" }).toString()}`;
      },
      jwt({ token, account, user }) {
        // `account` is present at sign-in only; later calls renew the token.
        if (!account) return SessionToken.safeParse(token).data ?? {};
        const accountId = accountIdOf(account.provider, account.providerAccountId);
        return beginSession({ accountId, name: nameOf(user) }, Date.now());
      },
      session({ session, token }) {
        const { accountId, name } = SessionToken.parse(token);
        return { expires: session.expires, accountId, user: { name } };
      },
      redirect: ({ url, baseUrl }) => baseUrl + safePath(url, baseUrl),
    },
    logger: {
      error: (code, facts) => log("error", "sign-in.failed", { code, ...signInFailure(facts) }),
      warn: (code) => log("warn", "sign-in.warning", { code }),
      // Debug messages contain tokens and profiles.
      debug: () => undefined,
    },
  };
}

/**
 * next-auth's cookies, each with the prefix `__Host-` over https. By default only one has it: a neighbouring subdomain could
 * set the others and sign a visitor in to an account of its choice.
 */
export function authCookies() {
  const secure = hasSecureCookies();
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure };
  const cookie = (name: string, maxAge?: number) => ({
    name: `${secure ? "__Host-" : ""}next-auth.${name}`,
    options: { ...options, ...(maxAge && { maxAge }) },
  });
  return {
    sessionToken: { name: sessionCookieName(), options },
    callbackUrl: cookie("callback-url"),
    csrfToken: cookie("csrf-token"),
    pkceCodeVerifier: cookie("pkce.code_verifier", FLOW_SECONDS),
    state: cookie("state", FLOW_SECONDS),
    nonce: cookie("nonce", FLOW_SECONDS),
  };
}
