import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import "@fontsource-variable/inter/index.css";
import "./globals.css";
import { Toasts } from "#components/ui/toast.tsx";
import { textsOf } from "./page-texts.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return {
    title: { default: "Veet", template: "%s · Veet" },
    description: t("common.description"),
    icons: { icon: "/icon.svg" },
    // A meeting's address is its key: search engines and the sites we link to need not know it.
    robots: { index: false, follow: false },
    referrer: "same-origin",
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f7" },
    { media: "(prefers-color-scheme: dark)", color: "#111414" },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const [language, messages] = await Promise.all([getLocale(), textsOf(["common", "header", "refusals"])]);
  return (
    <html lang={language}>
      <body>
        <NextIntlClientProvider messages={messages}>
          {children}
          <Toasts />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
