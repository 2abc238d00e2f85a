"use client";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { useIsModerator } from "#components/call-context/use-meeting.ts";
import { NotificationOffer } from "#components/settings/notification-offer.tsx";
import { useDecide } from "./use-decide.ts";
import { useLobbyQueue } from "./use-lobby-queue.ts";
import { WaitingRow } from "./waiting-row.tsx";

/** The waiting guests, for hosts; renders nothing when no one is waiting. */
export function LobbyPanel() {
  const t = useTranslations();
  const isModerator = useIsModerator();
  const { guests, isStale } = useLobbyQueue();
  const { deciding, decide, decideAll } = useDecide();
  if (!isModerator || guests.length === 0) return null;
  return (
    <section
      aria-labelledby="lobby-title"
      aria-busy={isStale}
      className="rounded-surface border border-line bg-raised p-1"
    >
      <h3 id="lobby-title" className="px-3 pt-2 pb-1 text-sm font-semibold">
        {t("lobby.title", { count: guests.length })}
      </h3>
      {isStale && <p className="px-3 text-sm text-ink-soft">{t("people.stale")}</p>}
      <ul>
        {guests.map((guest) => (
          <WaitingRow key={guest.ticketId} guest={guest} isDeciding={deciding.has(guest.ticketId)} onDecide={decide} />
        ))}
      </ul>
      {guests.length > 1 && (
        <div className="flex gap-2 p-2">
          <Button size="small" className="grow" isBusy={deciding.has("all")} onClick={() => decideAll("denied")}>
            {t("lobby.denyAll")}
          </Button>
          <Button
            size="small"
            tone="primary"
            className="grow"
            isBusy={deciding.has("all")}
            onClick={() => decideAll("admitted")}
          >
            {t("lobby.admitAll", { count: guests.length })}
          </Button>
        </div>
      )}
      <NotificationOffer />
    </section>
  );
}
