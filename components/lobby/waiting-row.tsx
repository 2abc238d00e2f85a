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
  const { ticketId, name, distinctName, same, waited } = guest;
  const notes = [same && `${same.number} of ${same.of} with this name`, ...guestNotes(guest)].filter(Boolean);
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
          aria-label={`Deny ${distinctName}`}
          disabled={isDeciding}
          onClick={() => onDecide(ticketId, "denied")}
        >
          Deny
        </Button>
        <Button
          size="small"
          tone="primary"
          aria-label={`Admit ${distinctName}`}
          isBusy={isDeciding}
          onClick={() => onDecide(ticketId, "admitted")}
        >
          Admit
        </Button>
      </div>
      {guest.isLikeHost && <HostWarning>Name looks like a host’s</HostWarning>}
      {notes.length > 0 && <p className="mt-0.5 text-sm text-ink-soft first-letter:uppercase">{notes.join(" · ")}</p>}
    </li>
  );
}
