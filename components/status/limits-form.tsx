"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { LIMIT_NAMES, LIMIT_RANGES } from "#lib/rooms/host-limits.ts";
import type { AccountUse, WantedLimits } from "#lib/operators/operator-schema.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";

/** The limits of an account; an empty field is the default, which it shows. */
export function LimitsForm({ use, onSave }: { use: AccountUse; onSave: (limits: WantedLimits) => void }) {
  const t = useTranslations();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const valueOf = (name: keyof WantedLimits) => (fields.get(name) === "" ? null : Number(fields.get(name)));
    onSave({
      rooms: valueOf("rooms"),
      meetings: valueOf("meetings"),
      people: valueOf("people"),
      minutes: valueOf("minutes"),
    });
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <h4 className="font-semibold">{t("status.limits")}</h4>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 md:grid-cols-4">
        {LIMIT_NAMES.map((name) => (
          <TextField
            key={`${name} ${use.own[name] ?? ""}`}
            label={t(`status.limit.${name}`)}
            name={name}
            type="number"
            inputMode="numeric"
            min={LIMIT_RANGES[name].least}
            max={LIMIT_RANGES[name].most}
            step={1}
            defaultValue={use.own[name] ?? ""}
            placeholder={String(use.defaults[name])}
            hint={t("status.default", { value: use.defaults[name] })}
          />
        ))}
      </div>
      <Button type="submit" size="small" className="self-start">
        {t("status.changeLimits")}
      </Button>
    </form>
  );
}
