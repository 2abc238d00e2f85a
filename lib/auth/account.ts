import "server-only";
import { env } from "#lib/env.ts";
import { AccountId } from "#lib/ids.ts";
import { tidyName } from "#lib/rooms/display-name.ts";
import { opaque } from "./opaque.ts";

/**
 * The account's id with us: says nothing of the provider or of the person there.
 *
 * With OIDC the issuer belongs to it: subjects are unique within one issuer only, and an operator who changes to
 * another one must not hand the first one's rooms to whoever has the same subject there.
 */
export function accountIdOf(provider: string, subject: string): AccountId {
  const issuer = provider === "oidc" ? (env().OIDC_ISSUER ?? "") : "";
  return AccountId.parse(`a_${opaque("account", provider, issuer, subject)}`);
}

/** What others read: the name the provider tells, where it is a decent one, else how the e-mail address begins. */
export function nameOf(user: { name?: string | null | undefined; email?: string | null | undefined }): string {
  const candidates = [user.name, user.email?.split("@")[0]];
  for (const candidate of candidates) {
    const name = candidate && tidyName(candidate);
    if (name) return name;
  }
  return "Somebody";
}
