"use client";
import { DoorClosed } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { EntryState } from "#lib/lobby/entry.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { useNow } from "#components/ui/use-now.ts";
import { countdown, deniedAdvice } from "./waiting-text.ts";

type DeniedScreenProps = {
  card: RoomCard;
  state: Extract<EntryState, { status: "denied" }>;
  onAskAgain: () => void;
};

/** A host denied the request: how often, and from when, the guest can ask again. */
export function DeniedScreen({ card, state, onAskAgain }: DeniedScreenProps) {
  const t = useTranslations();
  const { asksLeft, mayAskAgainAtMs = 0, isForNetwork = false, clockOffsetMs } = state;
  const nowMs = useNow();
  const waitMs = nowMs === 0 ? Number.POSITIVE_INFINITY : mayAskAgainAtMs - (nowMs + clockOffsetMs);
  const isTooEarly = waitMs > 0;
  return (
    <MessageScreen
      icon={<DoorClosed />}
      heading={t("waiting.denied")}
      name={card.signedInAs}
      path={meetingPath(card.code)}
      actions={
        <>
          {asksLeft > 0 && (
            <Button tone="primary" disabled={isTooEarly} onClick={onAskAgain} className="tabular-nums">
              {isTooEarly && Number.isFinite(waitMs)
                ? t("waiting.askAgainIn", { time: countdown(waitMs) })
                : t("waiting.askAgain")}
            </Button>
          )}
          <Link href="/" className={buttonClasses("neutral")}>
            {t("common.goHome")}
          </Link>
        </>
      }
    >
      <p>{t(isForNetwork ? "waiting.deniedNetwork" : "waiting.deniedNote")}</p>
      <p>{t(deniedAdvice(asksLeft, isForNetwork), { count: asksLeft })}</p>
    </MessageScreen>
  );
}
