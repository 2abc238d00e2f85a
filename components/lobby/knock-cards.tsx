"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useIsModerator, useView, useViewStore } from "#components/meeting/use-meeting.ts";
import { useShortcutText } from "#components/meeting/use-shortcut-text.ts";
import { guestNotes } from "./guest-notes.ts";
import { useDecide } from "./use-decide.ts";
import { type QueuedGuest, useLobbyQueue } from "./use-lobby-queue.ts";

/**
 * Who knocks, on a card at the top right of the stage: one by name, several as a count. It takes no focus, goes when it is
 * decided, hidden, or when the list itself is open, and comes again with the next knock.
 */
export function KnockCards() {
  const isModerator = useIsModerator();
  const isListOpen = useView(({ panel }) => panel === "people");
  const { guests } = useLobbyQueue();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [first] = guests;
  if (!isModerator || isListOpen || !first || guests.every(({ ticketId }) => hidden.has(ticketId))) return null;
  const hide = () => setHidden(new Set(guests.map(({ ticketId }) => ticketId)));
  return (
    <section
      aria-label="Waiting to join"
      className="absolute top-2 right-2 left-2 z-20 animate-appear rounded-surface border border-line bg-raised p-4 text-ink shadow-float sm:left-auto sm:w-88"
    >
      {guests.length === 1 ? <OneKnocks guest={first} /> : <SeveralKnock guests={guests} />}
      <IconButton
        label="Hide who is waiting"
        size="small"
        icon={<X className="size-4.5" />}
        onClick={hide}
        className="absolute! top-2 right-2"
      />
    </section>
  );
}

function OneKnocks({ guest }: { guest: QueuedGuest }) {
  const { deciding, decide } = useDecide();
  const { ticketId, name, waited } = guest;
  const isDeciding = deciding.has(ticketId);
  return (
    <>
      <div className="flex items-center gap-3 pr-9">
        <Avatar name={name} />
        <div className="min-w-0">
          <p className="font-semibold wrap-anywhere">{name} asks to join</p>
          <p className="text-sm text-ink-soft">{[waited, ...guestNotes(guest)].join(" · ")}</p>
        </div>
      </div>
      <div className="mt-3 flex gap-2">
        <Button
          className="grow"
          aria-label={`Deny ${name}`}
          disabled={isDeciding}
          onClick={() => decide(ticketId, "denied")}
        >
          Deny
        </Button>
        <Button
          className="grow"
          tone="primary"
          aria-label={`Admit ${name}`}
          isBusy={isDeciding}
          onClick={() => decide(ticketId, "admitted")}
        >
          Admit
        </Button>
      </div>
      <AdmitKey />
    </>
  );
}

function SeveralKnock({ guests }: { guests: readonly QueuedGuest[] }) {
  const view = useViewStore();
  const { deciding, decideAll } = useDecide();
  const names = guests.slice(0, 2).map(({ name }) => name);
  const rest = guests.length - names.length;
  return (
    <>
      <div className="pr-9">
        <p className="font-semibold">{guests.length} people are waiting</p>
        <p className="line-clamp-2 text-sm text-ink-soft wrap-anywhere">
          {rest === 0 ? names.join(" and ") : `${names.join(", ")} and ${rest} more`}
        </p>
      </div>
      <div className="mt-3 flex gap-2">
        <Button className="grow" onClick={() => view.change({ panel: "people" })}>
          See all
        </Button>
        <Button className="grow" tone="primary" isBusy={deciding.has("all")} onClick={() => decideAll("admitted")}>
          Admit all ({guests.length})
        </Button>
      </div>
    </>
  );
}

function AdmitKey() {
  const keys = useShortcutText("admit-next");
  if (keys === "") return null;
  return (
    <p className="mt-2 hidden text-right text-sm text-ink-soft pointer-fine:block">
      Press <kbd className="font-sans font-semibold text-ink">{keys}</kbd> to admit
    </p>
  );
}
