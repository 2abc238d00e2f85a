"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { ErrorCode } from "#lib/errors.ts";
import type { RoomCode } from "#lib/ids.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { GreenRoomSkeleton } from "#components/green-room/green-room-skeleton.tsx";
import { CallScreen, JoiningScreen } from "./call-screen.tsx";
import { EntryScreen } from "./entry-screen.tsx";
import { RefusalScreen } from "./refusal-screen.tsx";
import type { InitialMedia } from "./initial-media.ts";
import { useCallCode } from "./use-call-code.ts";
import type { Closed } from "./use-create-call.ts";
import { type HistoryStep, useEntryHistory } from "./use-entry-history.ts";
import { type EntryAttemptState, useEntryAttempt } from "./use-entry-attempt.ts";

type EntryAttemptProps = {
  code: RoomCode;
  initialMedia: InitialMedia;
  isReturning: boolean;
  /** A refusal that the user has just read. */
  read?: ErrorCode | undefined;
  onClosed: (closed: Closed & { card: RoomCard }) => void;
};

/** One visit: shows the screen of the state it is in. */
export function EntryAttempt({ code, initialMedia, isReturning, read, onClosed }: EntryAttemptProps) {
  const t = useTranslations();
  const attempt = useEntryAttempt(code, initialMedia, isReturning, read);
  const { view, resources } = attempt;
  const [isLeaveAsked, setLeaveAsked] = useState(false);
  useEntryHistory(stepOf(attempt), () => {
    if (view.screen === "call") setLeaveAsked(true);
    else void resources?.feed.cancel();
    return view.screen === "call";
  });
  useCallCode(view.screen, resources?.preview, attempt.isAsking);
  const card = view.screen === "call" ? view.card : undefined;
  const close = useCallback((closed: Closed) => card && onClosed({ ...closed, card }), [card, onClosed]);

  if (view.screen === "returning") return <JoiningScreen label={t("door.rejoining")} />;
  if (view.screen === "refused")
    return (
      <RefusalScreen
        key={view.code}
        code={view.code}
        facts={view.facts}
        name={view.card ? view.card.signedInAs : null}
        path={meetingPath(code)}
        onAgain={attempt.again}
      />
    );
  if (view.screen === "checking" || !resources)
    return <GreenRoomSkeleton path={meetingPath(code)} label={t("door.lookingUp")} />;
  if (view.screen === "call") {
    const call = {
      resources,
      admission: view.admission,
      isLeaveAsked,
      onStay: () => setLeaveAsked(false),
      onClosed: close,
    };
    return <CallScreen {...call} />;
  }
  return <EntryScreen view={view} resources={resources} attempt={attempt} />;
}

function stepOf({ view }: EntryAttemptState): HistoryStep {
  if (view.screen === "waiting" || view.screen === "call") return "inside";
  return view.screen === "checking" || view.screen === "returning" ? "unknown" : "outside";
}
