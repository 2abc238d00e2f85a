import { Link2Off } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { buttonClasses } from "#components/ui/button-classes.ts";

/** An address that leads nowhere, a meeting code that cannot be one included. */
export default async function NotFound() {
  const [t, actor] = await Promise.all([getTranslations(), readActor()]);
  return (
    <MessageScreen
      icon={<Link2Off />}
      heading={t("common.notFound")}
      name={actor.kind === "account" ? actor.name : undefined}
      actions={
        <Link href="/" className={buttonClasses("primary")}>
          {t("common.goHome")}
        </Link>
      }
    >
      <p>{t("common.checkAddress")}</p>
    </MessageScreen>
  );
}
