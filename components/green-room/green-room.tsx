"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { EntryState } from "#lib/lobby/entry.ts";
import { canCall } from "#lib/browser/can-call.ts";
import type { Preview } from "#lib/call/media/devices.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { SharePanel } from "#components/share/share-panel.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { DeviceChoice } from "./device-choice.tsx";
import { EntryFrame } from "#components/layout/entry-frame.tsx";
import { EntryForm } from "./entry-form.tsx";
import { PreviewStage } from "./preview-stage.tsx";
import { lastAttempt } from "./entry-text.ts";

type GreenRoomProps = {
  card: RoomCard;
  preview: Preview;
  entry: EntryState;
  /** What a guest typed so far; it survives until they leave the page. */
  guestName: string;
  onGuestName: (name: string) => void;
  onEnter: () => void;
};

/** Before the meeting: see myself, hear that I am heard, say my name, and go. */
export function GreenRoom({ card, preview, entry, guestName, onGuestName, onEnter }: GreenRoomProps) {
  const t = useTranslations();
  const note = lastAttempt(entry);
  return (
    <EntryFrame
      name={card.signedInAs}
      path={meetingPath(card.code)}
      stage={<PreviewStage preview={preview} name={card.signedInAs ?? (guestName.trim() || t("door.you"))} />}
      below={<DeviceChoice preview={preview} />}
    >
      <Title card={card} />
      {note && <Banner>{t(note)}</Banner>}
      {canCall() ? (
        <EntryForm
          card={card}
          isAsking={entry.status === "asking"}
          guestName={guestName}
          onGuestName={onGuestName}
          onEnter={onEnter}
        />
      ) : (
        <NoCalls />
      )}
      {card.isHost && (
        <Invite>
          <SharePanel code={card.code} title={card.title} expiresAtMs={card.expiresAtMs} />
        </Invite>
      )}
    </EntryFrame>
  );
}

function Title({ card }: { card: RoomCard }) {
  const t = useTranslations();
  const heading = card.title || t(card.isHost && !card.isLive ? "door.ready" : "door.readyToJoin");
  return (
    <div className="flex flex-col gap-1.5">
      <h1 className="text-3xl font-semibold break-words">{heading}</h1>
      <p className="text-ink-soft">{card.code}</p>
    </div>
  );
}

/** What to do where the browser has no means for calls. */
function NoCalls() {
  const t = useTranslations();
  return (
    <Banner tone="attention" title={t("door.noCalls")}>
      {t("door.noCallsNote")}
    </Banner>
  );
}

function Invite({ children }: { children: ReactNode }) {
  const t = useTranslations();
  return (
    <section aria-labelledby="invite" className="flex flex-col gap-3 border-t border-line pt-6">
      <h2 id="invite" className="font-semibold">
        {t("door.invite")}
      </h2>
      {children}
    </section>
  );
}
