import { useTranslations } from "next-intl";
import type { Verdict } from "#lib/lobby/lobby-schema.ts";
import { Button } from "#components/ui/button.tsx";
import { guestNotes } from "./guest-notes.ts";
import { HostWarning } from "./host-warning.tsx";
import type { QueuedGuest } from "./use-lobby-queue.ts";

type WaitingRowProps = {
  guest: QueuedGuest;
  isDeciding: boolean;
  onDecide: (ticketId: string, verdict: Verdict) => void;
};

/** One who waits: who, how long, what to know before deciding, and the two verdicts. */
export function WaitingRow({ guest, isDeciding, onDecide }: WaitingRowProps) {
  const t = useTranslations();
  const { ticketId, name, distinctName, same, waited } = guest;
  const notes = [same && t("lobby.sameName", same), ...guestNotes(t, guest)].filter(Boolean);
  return (
    <li className="px-3 py-2">
      <div className="flex items-center gap-2">
        <div className="min-w-0 grow leading-tight">
          <p dir="auto" className="text-left text-[0.9375rem] font-medium wrap-anywhere">
            {name}
          </p>
          <p className="text-sm text-ink-soft tabular-nums">{waited}</p>
        </div>
        <Button
          size="small"
          tone="quiet"
          aria-label={t("lobby.denyNamed", { name: distinctName })}
          disabled={isDeciding}
          onClick={() => onDecide(ticketId, "denied")}
        >
          {t("lobby.deny")}
        </Button>
        <Button
          size="small"
          tone="primary"
          aria-label={t("lobby.admitNamed", { name: distinctName })}
          isBusy={isDeciding}
          onClick={() => onDecide(ticketId, "admitted")}
        >
          {t("lobby.admit")}
        </Button>
      </div>
      {guest.isLikeHost && <HostWarning>{t("lobby.likeHost")}</HostWarning>}
      {notes.length > 0 && <p className="mt-0.5 text-sm text-ink-soft first-letter:uppercase">{notes.join(" · ")}</p>}
    </li>
  );
}
