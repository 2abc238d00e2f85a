"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { AccountPanel } from "./account-panel.tsx";
import type { Operator } from "./use-operator.ts";

/** Finds an account and shows what it uses and may use. */
export function AccountSection({ operator }: { operator: Operator }) {
  const t = useTranslations();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const find = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("account"));
    setBusy(true);
    setProblem(await operator.find(text));
    setBusy(false);
  };
  return (
    <section aria-labelledby="accounts" className="flex min-w-0 flex-col gap-3">
      <h2 id="accounts" className="text-lg font-semibold">
        {t("status.accounts")}
      </h2>
      <form onSubmit={(event) => void find(event)} className="flex flex-wrap items-start gap-3">
        <TextField
          label={t("status.accountLabel")}
          name="account"
          autoComplete="off"
          spellCheck={false}
          required
          error={problem}
          className="grow basis-64"
        />
        <Button type="submit" isBusy={isBusy} className="mt-6.5">
          {t("status.findAccount")}
        </Button>
      </form>
      {operator.use && <AccountPanel key={operator.use.account} use={operator.use} operator={operator} />}
    </section>
  );
}
