import { readFileSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import type { Language } from "#lib/languages.ts";
import type { Texts } from "#components/texts/texts.ts";
import type en from "#messages/en.json";

export function catalogueOf(language: string): typeof en {
  return JSON.parse(readFileSync(new URL(`../../messages/${language}.json`, import.meta.url), "utf8"));
}

/** What `useTranslations()` gives on a page in this language. A missing key or value fails the test. */
export function textsIn(language: Language): Texts {
  const fail = (error: Error) => {
    throw error;
  };
  return createTranslator({ locale: language, messages: catalogueOf(language), onError: fail }) as Texts;
}
