"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { ErrorCode } from "#lib/errors.ts";
import type { RoomCode } from "#lib/ids.ts";
import { canCall } from "#lib/browser/can-call.ts";
import { readTabState } from "#lib/call/saved-state.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { GreenRoomSkeleton } from "#components/green-room/green-room-skeleton.tsx";
import { useInBrowser } from "#components/ui/use-in-browser.ts";
import { AfterCallScreen } from "./after-call-screen.tsx";
import { EntryAttempt } from "./entry-attempt.tsx";
import type { InitialMedia } from "./initial-media.ts";
import type { Closed } from "./use-create-call.ts";

/**
 * One attempt to enter. `isReturning`: this tab was in the call before, so it asks without the green room. `read`: a refusal that the
 * user has just read.
 */
type Attempt = { number: number; isReturning: boolean; initialMedia: InitialMedia; read?: ErrorCode };

const ALL_ON: InitialMedia = { isMicrophoneOn: true, isCameraOn: true };

/** Everything between opening a link and being back home: before, in and after the call. */
export function EntryFlow({ code }: { code: RoomCode }) {
  const t = useTranslations();
  const isInBrowser = useInBrowser();
  // The server knows nothing of this tab's memory; it shows the frame, and the browser takes it from there.
  if (!isInBrowser) return <GreenRoomSkeleton path={meetingPath(code)} label={t("door.lookingUp")} />;
  return <EntryAttempts key={code} code={code} />;
}

function EntryAttempts({ code }: { code: RoomCode }) {
  const [attempt, setAttempt] = useState<Attempt>(() => initialAttempt(code));
  const [after, setAfter] = useState<Closed & { card: RoomCard }>();
  const close = useCallback((closed: Closed & { card: RoomCard }) => setAfter(closed), []);
  if (after)
    return (
      <AfterCallScreen
        card={after.card}
        reason={after.reason}
        code={after.code}
        onAgain={() => {
          setAfter(undefined);
          // Back in at once, as one was; after an end or a removal people see first what they walk into.
          const isReturning = after.reason === "left" || after.reason === "lost";
          const read = after.reason === "removed" ? { read: "removed" as const } : {};
          setAttempt(({ number }) => ({ number: number + 1, isReturning, initialMedia: after.initialMedia, ...read }));
        }}
      />
    );
  return (
    <EntryAttempt
      key={attempt.number}
      code={code}
      initialMedia={attempt.initialMedia}
      isReturning={attempt.isReturning}
      read={attempt.read}
      onClosed={close}
    />
  );
}

function initialAttempt(code: RoomCode): Attempt {
  const before = readTabState(code);
  // Where there can be no call the door says so.
  return { number: 0, isReturning: before !== undefined && canCall(), initialMedia: before ?? ALL_ON };
}
