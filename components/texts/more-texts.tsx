"use client";
import { type AbstractIntlMessages, NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";

type MoreTextsProps = { messages: Record<string, unknown>; children: ReactNode };

/** Adds the texts of a screen to those that are there already. */
export function MoreTexts({ messages, children }: MoreTextsProps) {
  const before = useMessages();
  const all = useMemo(() => ({ ...before, ...messages }) as AbstractIntlMessages, [before, messages]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={all}>
      {children}
    </NextIntlClientProvider>
  );
}
