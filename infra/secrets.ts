import { type Output, all } from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { KEY_GENERATIONS, type KeyPair, apiKeyOf } from "./keys.ts";
import type { Region } from "./regions.ts";

/** Secrets that the operator sets with `sst secret set`. One sign-in provider is enough; the others may be empty. */
export function createSecrets() {
  const optional = (name: string) => new sst.Secret(name, "").value;
  return {
    nextAuth: new sst.Secret("NextAuthSecret").value,
    identity: new sst.Secret("IdentitySecret").value,
    googleClientId: optional("GoogleClientId"),
    googleClientSecret: optional("GoogleClientSecret"),
    gitHubClientId: optional("GitHubClientId"),
    gitHubClientSecret: optional("GitHubClientSecret"),
    oidcIssuer: optional("OidcIssuer"),
    oidcClientId: optional("OidcClientId"),
    oidcClientSecret: optional("OidcClientSecret"),
    oidcName: optional("OidcName"),
    operators: optional("Operators"),
    otlpEndpoint: optional("OtlpEndpoint"),
    otlpHeaders: optional("OtlpHeaders"),
  };
}
export type Secrets = ReturnType<typeof createSecrets>;

/** A region's key pairs, generated here and never shown; the first one signs. */
export function createKeys(region: Region): Output<[KeyPair, ...KeyPair[]]> {
  const pairs = KEY_GENERATIONS.map((generation) => {
    const apiKey = apiKeyOf(region, generation);
    const secret = new random.RandomPassword(`Key-${apiKey}`, { length: 48, special: false });
    return { apiKey, apiSecret: secret.result };
  });
  return all(pairs).apply(([first, ...others]): [KeyPair, ...KeyPair[]] => {
    if (!first) throw new Error("A region needs a key");
    return [first, ...others];
  });
}

/** The probers' secret, with which they ask the app to check the sites. */
export function createProbeSecret(): Output<string> {
  return new random.RandomPassword("ProbeSecret", { length: 48, special: false }).result;
}

/** A Valkey password. Letters and digits only: Valkey rejects some special characters. */
export function createValkeyPassword(siteName: string): Output<string> {
  return new random.RandomPassword(`Valkey-${siteName}`, { length: 48, special: false }).result;
}
