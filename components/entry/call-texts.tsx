"use client";
import { useLocale } from "next-intl";
import { type ReactNode, use } from "react";
import { MoreTexts } from "#components/texts/more-texts.tsx";
import { type Language, LANGUAGES } from "#lib/languages.ts";

type Catalogue = Promise<Record<string, unknown>>;
const catalogues = new Map<Language, Catalogue>();

/** Loads all texts of a language once. The door does not need those of the call. */
export function loadCallTexts(language: Language): Catalogue {
  const known = catalogues.get(language);
  if (known) return known;
  const loading: Catalogue = LANGUAGES[language].load().then((loaded) => loaded.default);
  catalogues.set(language, loading);
  // Without this, an outage while they load would last as long as the page.
  loading.catch(() => catalogues.delete(language));
  return loading;
}

/** Gives the call its texts. Suspends until they are there. */
export function CallTexts({ children }: { children: ReactNode }) {
  return <MoreTexts messages={use(loadCallTexts(useLocale()))}>{children}</MoreTexts>;
}
