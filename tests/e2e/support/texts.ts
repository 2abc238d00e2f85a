import { readFileSync } from "node:fs";
import type { Locale } from "next-intl";
import { createTranslator } from "use-intl/core";
import type en from "../../../messages/en.json";

/** The texts of a language, as the screens show them: `textsIn("en")("lobby.admitNamed", { name })`. */
export function textsIn(language: Locale) {
  const file = new URL(`../../../messages/${language}.json`, import.meta.url);
  const messages = JSON.parse(readFileSync(file, "utf8")) as typeof en;
  return createTranslator({ locale: language, messages });
}
