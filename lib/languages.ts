/** Every language of the screens, in the order of the menu. To add one: its file in messages/ and its line here. */
export const LANGUAGES = {
  en: { name: "English", load: () => import("#messages/en.json") },
  es: { name: "Español", load: () => import("#messages/es.json") },
  de: { name: "Deutsch", load: () => import("#messages/de.json") },
  fr: { name: "Français", load: () => import("#messages/fr.json") },
  pt: { name: "Português", load: () => import("#messages/pt.json") },
} as const;

export type Language = keyof typeof LANGUAGES;

/** The chosen language. Scripts of our pages set and read it; it says nothing about the user. */
export const LANGUAGE_COOKIE = "veet-language";
export const LANGUAGE_COOKIE_SECONDS = 365 * 24 * 60 * 60;

const ENGLISH: Language = "en";

export function isLanguage(text: string | undefined): text is Language {
  return text !== undefined && Object.hasOwn(LANGUAGES, text);
}

/** The language of a page: the chosen one, else the first of the browser's that we have, else English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | null): Language {
  if (isLanguage(chosen)) return chosen;
  return wantedLanguages(acceptLanguage ?? "").find(isLanguage) ?? ENGLISH;
}

/** The languages of an `Accept-Language` header without their regions, the most wanted first. */
function wantedLanguages(header: string): string[] {
  const entries = header
    .slice(0, 1000)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const weight = Number(
        parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean) ?? 1,
      );
      return { language: tag.split("-")[0] ?? "", weight };
    });
  return entries
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}
