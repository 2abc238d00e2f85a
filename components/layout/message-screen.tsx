"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SiteHeader } from "#components/layout/site-header.tsx";
import { useFocusedHeading } from "#components/ui/use-focused-heading.ts";

type MessageScreenProps = {
  icon: ReactNode;
  heading: string;
  children: ReactNode;
  actions: ReactNode;
  /** For support, in small print. */
  code?: string | undefined;
  /** As in the header. */
  name: string | null | undefined;
  path?: string | undefined;
};

const SUPPORT_CODE = { small: (text: ReactNode) => <code className="font-medium text-ink">{text}</code> };

/** One message that fills the screen: what happened, what it means, what to do. Its heading takes the focus, so that it is read. */
export function MessageScreen({ icon, heading, children, actions, code, name, path }: MessageScreenProps) {
  const t = useTranslations();
  const ref = useFocusedHeading();
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader name={name} returnTo={path} />
      <main className="mx-auto flex w-full max-w-lg grow animate-appear flex-col items-start justify-center gap-5 px-6 pb-32">
        <span aria-hidden="true" className="grid size-14 place-items-center rounded-full bg-sunken [&>svg]:size-6">
          {icon}
        </span>
        <h1
          ref={ref}
          tabIndex={-1}
          className="text-3xl font-semibold outline-none focus-visible:shadow-none sm:text-4xl"
        >
          {heading}
        </h1>
        <div className="flex flex-col gap-3 text-lg leading-relaxed text-ink-soft">{children}</div>
        <div className="mt-2 flex flex-wrap gap-3">{actions}</div>
        {code && <p className="text-sm text-ink-soft">{t.rich("common.supportCode", { code, ...SUPPORT_CODE })}</p>}
      </main>
    </div>
  );
}
