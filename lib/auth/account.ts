import "server-only";
import { env } from "#lib/env.ts";
import { AccountId } from "#lib/ids.ts";
import { tidyName } from "#lib/rooms/display-name.ts";
import { opaque } from "./opaque.ts";

/**
 * The account's id in Veet: reveals nothing about the provider or the user there.
 *
 * With OIDC it includes the issuer: subjects are unique within one issuer only. An operator who changes the issuer must not
 * hand rooms to users who happen to have the same subject there.
 */
export function accountIdOf(provider: string, subject: string): AccountId {
  const issuer = provider === "oidc" ? (env().OIDC_ISSUER ?? "") : "";
  return AccountId.parse(`a_${opaque("account", provider, issuer, subject)}`);
}

/** What others see: the name from the provider if it is decent, else the first part of the e-mail address. */
export function nameOf(user: { name?: string | null | undefined; email?: string | null | undefined }): string {
  const candidates = [user.name, user.email?.split("@")[0]];
  for (const candidate of candidates) {
    const name = candidate && tidyName(candidate);
    if (name) return name;
  }
  return "Somebody";
}
