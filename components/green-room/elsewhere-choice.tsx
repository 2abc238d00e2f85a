"use client";
import { MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { useFocusedHeading } from "#components/ui/use-focused-heading.ts";

type ElsewhereChoiceProps = { onMove: () => void; onSecond: () => void; onCancel: () => void };

/** I am inside already, on another tab or device: nothing is thrown out without my saying so. */
export function ElsewhereChoice({ onMove, onSecond, onCancel }: ElsewhereChoiceProps) {
  const t = useTranslations();
  const heading = useFocusedHeading();
  return (
    <div className="flex flex-col gap-5">
      <span aria-hidden="true" className="grid size-14 place-items-center rounded-full bg-sunken">
        <MonitorSmartphone className="size-6" />
      </span>
      <div className="flex flex-col gap-2">
        <h1 ref={heading} tabIndex={-1} className="text-3xl font-semibold outline-none focus-visible:shadow-none">
          {t("door.elsewhere")}
        </h1>
        <p className="text-ink-soft">{t("door.elsewhereNote")}</p>
      </div>
      <div className="flex flex-col gap-3">
        <Button tone="primary" size="large" onClick={onMove}>
          {t("door.moveHere")}
        </Button>
        <Button size="large" onClick={onSecond}>
          {t("door.joinHereToo")}
        </Button>
        <Button tone="quiet" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
      <p className="text-sm text-ink-soft">{t("door.echo")}</p>
    </div>
  );
}
