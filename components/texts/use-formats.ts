"use client";
import { useLocale } from "next-intl";
import { useMemo } from "react";
import { type Formats, formatsOf, regionalTag } from "./formats.ts";

/** How dates, times and lists are written in the language of the page. */
export function useFormats(): Formats {
  const language = useLocale();
  return useMemo(() => formatsOf(regionalTag(language, navigator.languages)), [language]);
}
