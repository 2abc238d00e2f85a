"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { useInBrowser } from "#components/ui/use-in-browser.ts";

type TryItFormProps = { isBusy: boolean; onTry: (fields: { name: string; email: string }) => void };

/** Signs in by saying a name: offered on a developer's machine only. */
export function TryItForm({ isBusy, onTry }: TryItFormProps) {
  const t = useTranslations();
  const isInBrowser = useInBrowser();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const fields = new FormData(event.currentTarget);
    onTry({ name: String(fields.get("name")), email: String(fields.get("email")) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-control bg-sunken p-4">
      <p className="text-sm text-ink-soft">{t("signIn.tryItNote")}</p>
      <TextField label={t("signIn.name")} name="name" autoComplete="name" required maxLength={60} />
      <TextField label={t("signIn.email")} name="email" type="email" autoComplete="email" required />
      {/* Earlier the browser would send the fields itself, in the address. */}
      <Button type="submit" tone="primary" isBusy={isBusy} disabled={!isInBrowser}>
        {t("signIn.tryIt")}
      </Button>
    </form>
  );
}
