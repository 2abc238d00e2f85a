"use client";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { isLanguage, LANGUAGE_COOKIE, LANGUAGE_COOKIE_SECONDS, LANGUAGES } from "#lib/languages.ts";
import { Select } from "#components/ui/select.tsx";

/** Chooses the language of all screens in this browser. Each language is listed by its own name. */
export function LanguageSelect({ className, isLabelHidden }: { className?: string; isLabelHidden?: boolean }) {
  const t = useTranslations();
  const router = useRouter();
  const [, startChange] = useTransition();
  const choose = (value: string) => {
    if (!isLanguage(value)) return;
    keepLanguage(value);
    startChange(() => router.refresh());
  };
  return (
    <Select
      label={t("common.language")}
      {...(isLabelHidden && { isLabelHidden })}
      {...(className && { className })}
      value={useLocale()}
      onChange={(event) => choose(event.target.value)}
    >
      {Object.entries(LANGUAGES).map(([language, { name }]) => (
        <option key={language} value={language} lang={language}>
          {name}
        </option>
      ))}
    </Select>
  );
}

function keepLanguage(language: string): void {
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; Secure"] : ["", ""];
  document.cookie = `${prefix}${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${LANGUAGE_COOKIE_SECONDS}; SameSite=Lax${secure}`;
}
