import "server-only";
import type { AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { DisplayName } from "#lib/rooms/display-name-schema.ts";

type Provider = AuthOptions["providers"][number];

/** A way to sign in, as the sign-in page offers it. */
export type SignInWay = { id: "google" | "github" | "oidc" | "try-it"; name: string };

/** A provider that takes longer than this counts as down, in milliseconds. The library's 3.5 s are short for a cold start. */
const TIMEOUT_MS = 8_000;
const httpOptions = { timeout: TIMEOUT_MS };

/** The configured ways, in the order of the page. */
export function signInWays(): SignInWay[] {
  const { GOOGLE_CLIENT_ID, GITHUB_CLIENT_ID, OIDC_ISSUER, OIDC_NAME, TRY_IT_SIGN_IN } = env();
  const ways: (SignInWay | undefined | false | "")[] = [
    OIDC_ISSUER && { id: "oidc", name: OIDC_NAME },
    GOOGLE_CLIENT_ID && { id: "google", name: "Google" },
    GITHUB_CLIENT_ID && { id: "github", name: "GitHub" },
    TRY_IT_SIGN_IN && { id: "try-it", name: "Try it" },
  ];
  return ways.filter((way): way is SignInWay => Boolean(way));
}

/** The same for next-auth. */
export function providers(): Provider[] {
  return signInWays().map(({ id }) => PROVIDERS[id]());
}

const PROVIDERS = {
  google: () =>
    GoogleProvider({
      clientId: env().GOOGLE_CLIENT_ID ?? "",
      clientSecret: env().GOOGLE_CLIENT_SECRET ?? "",
      // On a shared computer the next user must be able to choose an account.
      authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
      checks: ["pkce", "state", "nonce"],
      httpOptions,
    }),
  github: () =>
    GitHubProvider({
      clientId: env().GITHUB_CLIENT_ID ?? "",
      clientSecret: env().GITHUB_CLIENT_SECRET ?? "",
      authorization: { url: "https://github.com/login/oauth/authorize", params: { scope: "read:user" } },
      checks: ["pkce", "state"],
      httpOptions,
    }),
  oidc,
  "try-it": tryIt,
} satisfies Record<SignInWay["id"], () => Provider>;

const OidcProfile = z.object({
  sub: z.string().min(1),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
});

/** The tokens' real type: openid-client's, whose claims it has verified. next-auth's type hides that. */
const VerifiedTokens = z.object({ access_token: z.string(), claims: z.custom<() => { sub: string }>() });

/** Any OpenID Connect issuer: Keycloak, Auth0, Entra, … */
function oidc(): OAuthConfig<unknown> {
  const { OIDC_ISSUER = "", OIDC_CLIENT_ID = "", OIDC_CLIENT_SECRET = "", OIDC_NAME } = env();
  return {
    id: "oidc",
    name: OIDC_NAME,
    type: "oauth",
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid profile email" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions,
    userinfo: {
      // The verified ID token says who it is. Many issuers leave the name out of it, so we ask for it; an answer about another
      // user is not used.
      async request({ client, tokens }) {
        const told = VerifiedTokens.parse(tokens);
        const claims = told.claims.call(tokens);
        if (!client.issuer.metadata.userinfo_endpoint) return claims;
        const userinfo = await client.userinfo(told.access_token);
        return userinfo.sub === claims.sub ? { ...userinfo, ...claims } : claims;
      },
    },
    profile(told) {
      const { sub, name, preferred_username, email } = OidcProfile.parse(told);
      return { id: sub, name: name ?? preferred_username ?? null, email: email ?? null };
    },
  };
}

const TryItFields = z.object({ name: DisplayName, email: z.email().max(254).toLowerCase() });

/** Signs in anyone who enters a name and an e-mail address. The environment's schema refuses it in production. */
function tryIt(): Provider {
  return CredentialsProvider({
    id: "try-it",
    name: "Try it",
    credentials: { name: { label: "Name" }, email: { label: "E-mail", type: "email" } },
    authorize(fields) {
      const said = TryItFields.safeParse(fields).data;
      return Promise.resolve(said ? { id: said.email, name: said.name, email: said.email } : null);
    },
  });
}
