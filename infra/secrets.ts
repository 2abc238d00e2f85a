import { type Output, all } from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { KEY_GENERATIONS, type KeyPair, apiKeyOf } from "./keys.ts";
import type { Region } from "./regions.ts";

/** What the operator sets with `sst secret set`. Sign-in providers may stay empty but for one. */
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

/** The key pairs of a region, drawn here and known to nobody; the first signs. */
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

/** What the probers show the app when they have it look at the sites. */
export function createProbeSecret(): Output<string> {
  return new random.RandomPassword("ProbeSecret", { length: 48, special: false }).result;
}

/** What LiveKit shows its Valkey. Letters and digits only: Valkey refuses some signs. */
export function createValkeyPassword(siteName: string): Output<string> {
  return new random.RandomPassword(`Valkey-${siteName}`, { length: 48, special: false }).result;
}
