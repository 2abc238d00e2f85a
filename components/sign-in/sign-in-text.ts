import type { SignInRefusal } from "#lib/auth/sign-in-error.ts";
import type { HostsHere } from "#lib/hosts-allowed.ts";
import type { Texts } from "#components/texts/texts.ts";

/** Who can host here, as a sentence. Names domains only: addresses, groups and accounts are private. */
export function hostsText(t: Texts, { kind, domains }: HostsHere, language: string): string {
  const list = new Intl.ListFormat(language, { type: "disjunction" }).format(domains);
  return t(`signIn.hosts.${kind}`, { domains: list });
}

/** What a refused user reads: who can host, and what they can do. */
export function refusedText(t: Texts, code: SignInRefusal, hosts: string): string {
  const remedy = t(`signIn.remedy.${code}`);
  return code === "account_blocked" ? remedy : `${hosts} ${remedy}`;
}
