"use client";
import { Clock, ListOrdered, UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import type { EntryFeed, EntryState } from "#lib/lobby/entry.ts";
import type { Preview } from "#lib/call/media/devices.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { DeviceChoice } from "#components/green-room/device-choice.tsx";
import { EntryFrame } from "#components/layout/entry-frame.tsx";
import { PreviewStage } from "#components/green-room/preview-stage.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useFocusedHeading } from "#components/ui/use-focused-heading.ts";
import { WaitingFact } from "./waiting-fact.tsx";
import { WaitingName } from "./waiting-name.tsx";
import { countdown, queuePositionText } from "./waiting-text.ts";

type WaitingScreenProps = {
  card: RoomCard;
  preview: Preview;
  feed: EntryFeed;
  state: Extract<EntryState, { status: "waiting" }>;
};

/** The waiting guest's screen: whether a host is there, the position in the queue, the time left. */
export function WaitingScreen({ card, preview, feed, state }: WaitingScreenProps) {
  const { ticket, isStale } = state;
  const heading = useFocusedHeading();
  return (
    <EntryFrame
      name={card.signedInAs}
      path={meetingPath(card.code)}
      stage={<PreviewStage preview={preview} name={ticket.name} />}
      below={<DeviceChoice preview={preview} />}
    >
      <div className="flex flex-col gap-1.5">
        <h1 ref={heading} tabIndex={-1} className="text-3xl font-semibold outline-none focus-visible:shadow-none">
          Asking to join…
        </h1>
        <p className="text-ink-soft">
          You’ll join automatically when the host lets you in. No one can see or hear you until then.
        </p>
      </div>
      {isStale && (
        <Banner tone="attention" title="Connection lost">
          Your place in line is kept for a minute. We’re trying to reconnect.
        </Banner>
      )}
      {ticket.mayWalkIn && <OpenedUp feed={feed} />}
      <Facts state={state} />
      {card.signedInAs === undefined && <WaitingName name={ticket.name} onRename={feed.rename} />}
      <CancelButton feed={feed} />
    </EntryFrame>
  );
}

/** The room was opened while the guest waited: others join directly, so this guest can, too. */
function OpenedUp({ feed }: { feed: EntryFeed }) {
  const [isBusy, setBusy] = useState(false);
  const join = () => {
    setBusy(true);
    void feed.ask({}).finally(() => setBusy(false));
  };
  return (
    <Banner title="The meeting is open now">
      <p>The host opened it to people with the link. You can join without waiting.</p>
      <Button tone="primary" className="mt-3" isBusy={isBusy} onClick={join}>
        Join now
      </Button>
    </Banner>
  );
}

function Facts({ state: { ticket, clockOffsetMs } }: Pick<WaitingScreenProps, "state">) {
  const nowMs = useNow();
  const leftMs = ticket.expiresAtMs - (nowMs + clockOffsetMs);
  const host = ticket.isHostPresent
    ? "A host is in the meeting and can see your name"
    : "The host isn’t here yet. They’ll see you’re waiting when they arrive";
  return (
    <ul className="flex flex-col gap-4 rounded-surface border border-line bg-surface p-5">
      <WaitingFact icon={<UserRoundCheck />}>
        <span aria-live="polite">{host}</span>
      </WaitingFact>
      <WaitingFact icon={<ListOrdered />}>
        <span aria-live="polite">{queuePositionText(ticket.place)}</span>
      </WaitingFact>
      <WaitingFact icon={<Clock />}>
        {/* Read when one goes there, not every second. */}
        Your request expires in{" "}
        <span role="timer" className="font-semibold tabular-nums">
          {nowMs === 0 ? "…" : countdown(leftMs)}
        </span>
      </WaitingFact>
    </ul>
  );
}

function CancelButton({ feed }: { feed: EntryFeed }) {
  const [isBusy, setBusy] = useState(false);
  const cancel = () => {
    setBusy(true);
    feed.cancel().catch(() => {
      setBusy(false);
      toast("Couldn’t cancel your request", { description: "Veet didn’t respond. Try again in a moment." });
    });
  };
  return (
    <Button className="self-start" isBusy={isBusy} onClick={cancel}>
      Cancel request
    </Button>
  );
}
