"use client";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { useIsModerator, useLobby, useViewStore } from "#components/call-context/use-meeting.ts";

/** On phones an open chat covers the cards of those who knock: one line says so there. */
export function WaitingHint() {
  const t = useTranslations();
  const view = useViewStore();
  const isModerator = useIsModerator();
  const count = useLobby(({ guests }) => guests.length);
  if (!isModerator || count === 0) return null;
  return (
    <p className="mx-3 mb-2 flex items-center justify-between gap-2 rounded-control bg-accent-soft py-1 pr-1 pl-3 text-sm font-medium text-accent-ink md:hidden">
      {t("lobby.waitingCount", { count })}
      <Button size="small" tone="quiet" onClick={() => view.change({ panel: "people" })}>
        {t("lobby.seeWho")}
      </Button>
    </p>
  );
}
