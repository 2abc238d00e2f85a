import { z } from "zod";
import { AccountId } from "./ids.ts";

/** One entry of `HOSTS_ALLOWED`. */
export type HostRule =
  | { kind: "everyone" }
  | { kind: "domain"; domain: string }
  | { kind: "email"; email: string }
  | { kind: "claim"; name: string; value: string }
  | { kind: "account"; accountId: AccountId };

/** What a provider states about an account at sign-in. None of it is kept. */
export type SignInFacts = {
  accountId: AccountId;
  email: string | undefined;
  isEmailVerified: boolean;
  /** From an OpenID Connect provider; empty for others. */
  claims: Readonly<Record<string, unknown>>;
};

/** `email_not_verified`: the address would be allowed, but the provider does not state that it is the user's. */
export type HostDecision = "allowed" | "host_not_allowed" | "email_not_verified";

const DOMAIN = String.raw`[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+`;
const DOMAIN_ENTRY = new RegExp(`^@(${DOMAIN})$`, "i");
const EMAIL_ENTRY = new RegExp(String.raw`^[^\s@,]+@${DOMAIN}$`, "i");
const GROUP_ENTRY = /^group:(.+)$/;
const CLAIM_ENTRY = /^claim:([^=]+)=(.+)$/;

/** @returns undefined for an entry in none of the formats. */
function parseEntry(entry: string): HostRule | undefined {
  if (entry === "*") return { kind: "everyone" };
  const domain = DOMAIN_ENTRY.exec(entry)?.[1];
  if (domain) return { kind: "domain", domain: domain.toLowerCase() };
  if (EMAIL_ENTRY.test(entry)) return { kind: "email", email: entry.toLowerCase() };
  const group = GROUP_ENTRY.exec(entry)?.[1];
  if (group) return { kind: "claim", name: "groups", value: group.trim() };
  const [, name, value] = CLAIM_ENTRY.exec(entry) ?? [];
  if (name && value) return { kind: "claim", name: name.trim(), value: value.trim() };
  const accountId = AccountId.safeParse(entry).data;
  return accountId && { kind: "account", accountId };
}

/**
 * `HOSTS_ALLOWED`: comma-separated entries. A user who matches one of them can host.
 *
 * `*` everyone who can sign in · `@example.com` a verified e-mail address in this domain, subdomains not included ·
 * `ada@example.com` this verified address · `group:staff` short for `claim:groups=staff` · `claim:name=value` the claim has
 * this
 * value, or lists it · `a_…` this account.
 */
export const HostsAllowed = z.string().transform((text, context): HostRule[] => {
  const entries = text.split(",").map((entry) => entry.trim()).filter(Boolean); // prettier-ignore
  const rules = entries.map(parseEntry);
  const wrong = rules.indexOf(undefined) + 1;
  if (wrong > 0 || rules.length === 0) {
    // By its position: an entry may contain an address, and a wrong value is never repeated in a log.
    const which = wrong > 0 ? `entry ${wrong}` : "it";
    const message = `${which} must be *, @domain, name@domain, group:NAME, claim:NAME=VALUE or an account id`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
  return rules.filter((rule) => rule !== undefined);
});

/** Whether a user can sign in to host meetings. Without rules everyone who can sign in can host. */
export function decideHost(rules: readonly HostRule[] | undefined, facts: SignInFacts): HostDecision {
  if (!rules || rules.some((rule) => matches(rule, facts))) return "allowed";
  const isOnlyUnverified = rules.some((rule) => matches(rule, { ...facts, isEmailVerified: true }));
  return isOnlyUnverified ? "email_not_verified" : "host_not_allowed";
}

function matches(rule: HostRule, { accountId, email, isEmailVerified, claims }: SignInFacts): boolean {
  const address = isEmailVerified ? email?.toLowerCase() : undefined;
  switch (rule.kind) {
    case "everyone":
      return true;
    case "domain":
      return address !== undefined && address.slice(address.lastIndexOf("@") + 1) === rule.domain;
    case "email":
      return address === rule.email;
    case "claim":
      return holds(claimOf(claims, rule.name), rule.value);
    case "account":
      return accountId === rule.accountId;
    default:
      return rule satisfies never;
  }
}

/** A claim by its name as it is, since providers use addresses as names; otherwise as a path, such as `realm_access.roles`. */
function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const step of name.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}

function holds(claim: unknown, value: string): boolean {
  if (Array.isArray(claim)) return claim.some((one) => holds(one, value));
  return (
    (typeof claim === "string" || typeof claim === "number" || typeof claim === "boolean") && String(claim) === value
  );
}

/** Who can host, for a user who was refused. Names domains only: addresses, groups and accounts are private. */
export type HostsHere = { kind: "chosen" | "domains" | "domainsAndChosen"; domains: readonly string[] };

export function hostsHere(rules: readonly HostRule[] = []): HostsHere {
  const domains = rules.flatMap((rule) => (rule.kind === "domain" ? [rule.domain] : []));
  if (domains.length === 0) return { kind: "chosen", domains };
  return { kind: rules.some(({ kind }) => kind !== "domain") ? "domainsAndChosen" : "domains", domains };
}
