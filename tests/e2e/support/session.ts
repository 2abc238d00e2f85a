import { encode } from "next-auth/jwt";
import { newSignInId } from "./ids.ts";
import { readStack } from "./stack.ts";

export type Account = { accountId: string; name: string };

/** Signs somebody in by the back door: the cookie the site would have set after their provider vouched for them. */
export async function sessionCookie({ accountId, name }: Account) {
  const { baseUrl, nextAuthSecret } = readStack();
  return {
    name: "next-auth.session-token",
    // `accountId` is a branded type in the product; a test may sign in whoever it likes.
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
