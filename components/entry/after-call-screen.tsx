"use client";
import { DoorOpen, MonitorSmartphone, UserX, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ErrorCode } from "#lib/errors.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { type ClosedReason, afterCall } from "./after-call.ts";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { useEntryHistory } from "./use-entry-history.ts";

type AfterCallScreenProps = {
  card: RoomCard;
  reason: ClosedReason;
  code: ErrorCode | undefined;
  onAgain: () => void;
};

const ICONS: Record<ClosedReason, ReactNode> = {
  left: <DoorOpen />,
  ended: <DoorOpen />,
  moved: <MonitorSmartphone />,
  removed: <UserX />,
  banned: <UserX />,
  lost: <WifiOff />,
};

/** Outside again: why, and the way back in where there is one. */
export function AfterCallScreen({ card, reason, code, onAgain }: AfterCallScreenProps) {
  const t = useTranslations();
  useEntryHistory("outside", () => false);
  const { screen, again } = afterCall(reason, card.isHost);
  return (
    <MessageScreen
      icon={ICONS[reason]}
      heading={t(`after.${screen}.heading`)}
      name={card.signedInAs}
      path={meetingPath(card.code)}
      code={reason === "lost" ? (code ?? reason) : undefined}
      actions={
        <>
          {again && (
            <Button tone="primary" onClick={onAgain}>
              {t(`after.${again}`)}
            </Button>
          )}
          <Link href="/" className={buttonClasses(again ? "neutral" : "primary")}>
            {t("common.goHome")}
          </Link>
        </>
      }
    >
      <p>{t(`after.${screen}.meaning`)}</p>
    </MessageScreen>
  );
}
