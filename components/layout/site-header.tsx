"use client";
import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { toast } from "#components/ui/toast.tsx";
import type { Texts } from "#components/texts/texts.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { bdi } from "#components/ui/bdi.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { toastsBelow } from "#components/ui/toasts-below.ts";
import { Menu, MenuItem, MenuLine, MenuTitle } from "#components/ui/menu.tsx";
import { Wordmark } from "#components/ui/wordmark.tsx";
import { signOut } from "#lib/auth/session-client.ts";

type SiteHeaderProps = {
  /** Undefined for a user who is not signed in; null when that is not known, which shows neither. */
  name: string | null | undefined;
  /** Where signing in leads back to. */
  returnTo?: string | undefined;
};

/** The line on top of every screen outside of a call: the way home, and who is signed in. */
export function SiteHeader({ name, returnTo = "/" }: SiteHeaderProps) {
  const t = useTranslations();
  return (
    <header ref={toastsBelow} className="mx-auto flex h-18 w-full max-w-7xl items-center justify-between px-4 sm:px-8">
      <Wordmark />
      {name === null ? null : name === undefined ? (
        <Link
          className={`${buttonClasses("quiet")} -mr-4`}
          href={`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`}
        >
          {t("header.signIn")}
        </Link>
      ) : (
        <AccountMenu name={name} />
      )}
    </header>
  );
}

const inkBdi = (name: ReactNode) => <bdi className="text-ink">{name}</bdi>;

function AccountMenu({ name }: { name: string }) {
  const t = useTranslations();
  const trigger = (
    <button type="button" className="rounded-full">
      <Avatar name={name} />
      <span className="sr-only">{t.rich("header.accountMenu", { name, bdi })}</span>
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuTitle>{t.rich("header.signedInAs", { name, bdi: inkBdi })}</MenuTitle>
      <MenuLine />
      <MenuItem icon={<LogOut className="size-5" />} onSelect={() => leave(t)}>
        {t("header.signOut")}
      </MenuItem>
    </Menu>
  );
}

function leave(t: Texts): void {
  signOut().then(
    (url) => window.location.assign(url),
    () => toast(t("header.signOutFailed"), { id: "sign-out", description: t("common.silent") }),
  );
}
