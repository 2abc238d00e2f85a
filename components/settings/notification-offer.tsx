"use client";
import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { useNotifications } from "./use-notifications.ts";

/** Offers a notification of the system, as long as the browser was not asked yet. */
export function NotificationOffer() {
  const t = useTranslations();
  const { state, isOn, set } = useNotifications();
  if (state !== "unasked" || isOn) return null;
  return (
    <div className="flex items-center justify-between gap-2 border-t border-line px-3 py-1.5 text-sm text-ink-soft">
      {t("settings.inBackground")}
      <Button size="small" tone="quiet" icon={<Bell className="size-4" />} onClick={() => set(true)}>
        {t("settings.notifyMe")}
      </Button>
    </div>
  );
}
