"use client";
import { Clock, ListOrdered, UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
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
import { countdown } from "./waiting-text.ts";

type WaitingScreenProps = {
  card: RoomCard;
  preview: Preview;
  feed: EntryFeed;
  state: Extract<EntryState, { status: "waiting" }>;
};

/** The waiting guest's screen: whether a host is there, the position in the queue, the time left. */
export function WaitingScreen({ card, preview, feed, state }: WaitingScreenProps) {
  const t = useTranslations();
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
          {t("waiting.asking")}
        </h1>
        <p className="text-ink-soft">{t("waiting.askingNote")}</p>
      </div>
      {isStale && (
        <Banner tone="attention" title={t("waiting.offline")}>
          {t("waiting.offlineNote")}
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
  const t = useTranslations();
  const [isBusy, setBusy] = useState(false);
  const join = () => {
    setBusy(true);
    void feed.ask({}).finally(() => setBusy(false));
  };
  return (
    <Banner title={t("waiting.opened")}>
      <p>{t("waiting.openedNote")}</p>
      <Button tone="primary" className="mt-3" isBusy={isBusy} onClick={join}>
        {t("common.joinNow")}
      </Button>
    </Banner>
  );
}

function Facts({ state: { ticket, clockOffsetMs } }: Pick<WaitingScreenProps, "state">) {
  const t = useTranslations();
  const nowMs = useNow();
  const leftMs = ticket.expiresAtMs - (nowMs + clockOffsetMs);
  const host = t(ticket.isHostPresent ? "waiting.hostHere" : "waiting.hostAway");
  const timer = (time: ReactNode) => (
    <span role="timer" className="font-semibold tabular-nums">
      {time}
    </span>
  );
  return (
    <ul className="flex flex-col gap-4 rounded-surface border border-line bg-surface p-5">
      <WaitingFact icon={<UserRoundCheck />}>
        <span aria-live="polite">{host}</span>
      </WaitingFact>
      <WaitingFact icon={<ListOrdered />}>
        <span aria-live="polite">{t("waiting.position", { place: Math.max(1, ticket.place) })}</span>
      </WaitingFact>
      <WaitingFact icon={<Clock />}>
        {/* Read when one goes there, not every second. */}
        {t.rich("waiting.expires", { time: nowMs === 0 ? "…" : countdown(leftMs), timer })}
      </WaitingFact>
    </ul>
  );
}

function CancelButton({ feed }: { feed: EntryFeed }) {
  const t = useTranslations();
  const [isBusy, setBusy] = useState(false);
  const cancel = () => {
    setBusy(true);
    feed.cancel().catch(() => {
      setBusy(false);
      toast(t("waiting.cancelFailed"), { description: t("common.silentForNow") });
    });
  };
  return (
    <Button className="self-start" isBusy={isBusy} onClick={cancel}>
      {t("waiting.cancel")}
    </Button>
  );
}
