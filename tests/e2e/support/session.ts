import { encode } from "next-auth/jwt";
import { newSignInId } from "./ids.ts";
import { readStack } from "./stack.ts";

export type Account = { accountId: string; name: string };

/** Makes the session cookie that the site sets after a sign-in at a provider. */
export async function sessionCookie({ accountId, name }: Account) {
  const { baseUrl, nextAuthSecret } = readStack();
  return {
    name: "next-auth.session-token",
    // `accountId` is a branded type in the product; a test can sign in any account.
    value: await encode({
      token: { accountId, name, signInId: newSignInId(), signedInAtMs: Date.now() } as never,
      secret: nextAuthSecret,
    }),
    domain: new URL(baseUrl).hostname,
    path: "/",
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: "Lax" as const,
  };
}
