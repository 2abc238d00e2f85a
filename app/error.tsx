"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { refusalOf, refusalText } from "#components/entry/refusals.ts";
import { Button } from "#components/ui/button.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** The last resort when a screen broke. The digest finds the error in the server's log. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations();
  const { heading, meaning } = refusalText(t, refusalOf("internal"));
  return (
    <MessageScreen
      icon={<TriangleAlert />}
      heading={heading}
      name={null}
      code={error.digest ? `internal · ${error.digest}` : "internal"}
      actions={
        <>
          <Button tone="primary" onClick={reset}>
            {t("common.tryAgain")}
          </Button>
          <Button onClick={() => location.assign("/")}>{t("common.goHome")}</Button>
        </>
      }
    >
      <p>{meaning}</p>
    </MessageScreen>
  );
}
