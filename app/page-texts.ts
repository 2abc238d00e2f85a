import { headers } from "next/headers";
import { getMessages, getRequestConfig } from "next-intl/server";
import type { Namespace } from "#components/texts/texts.ts";
import { cookieReader } from "#lib/auth/cookies.ts";
import { hasSecureCookies } from "#lib/env.ts";
import { chooseLanguage, LANGUAGE_COOKIE, LANGUAGES } from "#lib/languages.ts";

/** The language and the texts of a request, for next-intl. No language is in a path: a meeting's link is shared. */
export default getRequestConfig(async () => {
  const sent = await headers();
  const chosen = cookieReader(sent.get("cookie"))(`${hasSecureCookies() ? "__Host-" : ""}${LANGUAGE_COOKIE}`);
  const locale = chooseLanguage(chosen, sent.get("accept-language"));
  return { locale, messages: (await LANGUAGES[locale].load()).default };
});

/** The texts of some namespaces in the language of the request: what a page sends to the browser. */
export async function textsOf(namespaces: readonly Namespace[]): Promise<Record<string, unknown>> {
  const all = Object.entries(await getMessages());
  return Object.fromEntries(all.filter(([name]) => (namespaces as readonly string[]).includes(name)));
}
