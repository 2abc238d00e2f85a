import { z } from "zod";
import type { SignInFacts } from "#lib/hosts-allowed.ts";
import type { AccountId } from "#lib/ids.ts";

const isTrue = z.union([z.literal(true), z.literal("true")]);
const text = z.string().min(1).optional().catch(undefined);
const Profile = z
  .looseObject({
    email: text,
    hd: text,
    // Amazon Cognito and Apple send it as text.
    email_verified: z
      .unknown()
      .optional()
      .transform((value) => isTrue.safeParse(value).success),
  })
  .catch({ email: undefined, hd: undefined, email_verified: false });

/**
 * What a provider states, as the decision on hosting needs it.
 *
 * @param profile - As the provider sent it; undefined for "try it", where the form's values count.
 */
export function signInFacts(
  provider: string,
  accountId: AccountId,
  profile: unknown,
  formEmail: string | null | undefined,
): SignInFacts {
  const nothing = { accountId, email: undefined, isEmailVerified: false, claims: {} };
  const { email, hd, email_verified: isVerified } = Profile.parse(profile ?? {});
  switch (provider) {
    case "oidc":
      return { accountId, email, isEmailVerified: isVerified, claims: isRecord(profile) ? profile : {} };
    case "google":
      return { ...nothing, email, isEmailVerified: isVerified && isGooglesOwn(email, hd) };
    case "try-it":
      return { ...nothing, email: formEmail ?? undefined, isEmailVerified: true };
    default:
      // GitHub: a profile's address does not state whether it is verified.
      return nothing;
  }
}

/**
 * Google verifies an address of another domain only once, when the account is created: a former employee keeps the account. It
 * vouches for Gmail and for Workspace domains (`hd`) only:
 * developers.google.com/identity/gsi/web/guides/verify-google-id-token.
 */
function isGooglesOwn(email: string | undefined, hd: string | undefined): boolean {
  const domain = email?.toLowerCase().split("@").at(-1);
  return domain === "gmail.com" || hd !== undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
