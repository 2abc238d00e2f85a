import type { Verdict } from "#lib/lobby/lobby-schema.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { guestNotes } from "./guest-notes.ts";
import type { QueuedGuest } from "./use-lobby-queue.ts";

type WaitingRowProps = {
  guest: QueuedGuest;
  isDeciding: boolean;
  onDecide: (ticketId: string, verdict: Verdict) => void;
};

/** One who waits: who, how long, what to know before deciding, and the two verdicts. */
export function WaitingRow({ guest, isDeciding, onDecide }: WaitingRowProps) {
  const { ticketId, name, waited } = guest;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control px-3 py-2">
      <Avatar name={name} size="small" />
      <div className="min-w-24 grow basis-0">
        <p className="text-[0.9375rem] font-medium wrap-anywhere">{name}</p>
        <p className="text-sm text-ink-soft">
          <span className="tabular-nums">{waited}</span>
          {guestNotes(guest).map((note) => (
            <span key={note}> · {note}</span>
          ))}
        </p>
      </div>
      <div className="flex gap-1.5">
        <Button
          size="small"
          tone="quiet"
          aria-label={`Deny ${name}`}
          disabled={isDeciding}
          onClick={() => onDecide(ticketId, "denied")}
        >
          Deny
        </Button>
        <Button
          size="small"
          tone="primary"
          aria-label={`Admit ${name}`}
          isBusy={isDeciding}
          onClick={() => onDecide(ticketId, "admitted")}
        >
          Admit
        </Button>
      </div>
    </li>
  );
}
