import type { useTranslations } from "next-intl";
import type en from "#messages/en.json";

/** Gives the text of a key in the language of the page. Keys are whole, such as `home.join`, so that they can be searched. */
export type Texts = ReturnType<typeof useTranslations<never>>;
export type TextKey = Parameters<Texts>[0];
/** A part of the catalogue: the texts of a screen. */
export type Namespace = keyof typeof en;
