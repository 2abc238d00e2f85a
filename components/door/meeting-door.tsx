"use client";
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
import { DoorVisit } from "./door-visit.tsx";
import type { Wish } from "./ready-devices.ts";
import type { Closed } from "./use-call.ts";

/** A visit begins with a look at the door, or, for somebody who was inside a moment ago, straight with asking. */
type Coming = { number: number; isReturning: boolean; wish: Wish; read?: ErrorCode };

const ALL_ON: Wish = { isMicrophoneOn: true, isCameraOn: true };

/** Everything between opening a link and being back home: before, in and after the call. */
export function MeetingDoor({ code }: { code: RoomCode }) {
  const isInBrowser = useInBrowser();
  // The server knows nothing of this tab's memory; it shows the frame, and the browser takes it from there.
  if (!isInBrowser) return <GreenRoomSkeleton path={meetingPath(code)} label="Looking up the meeting" />;
  return <Visits key={code} code={code} />;
}

function Visits({ code }: { code: RoomCode }) {
  const [coming, setComing] = useState<Coming>(() => firstComing(code));
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
          setComing(({ number }) => ({ number: number + 1, isReturning, wish: after.wish, ...read }));
        }}
      />
    );
  return (
    <DoorVisit
      key={coming.number}
      code={code}
      wish={coming.wish}
      isReturning={coming.isReturning}
      read={coming.read}
      onClosed={close}
    />
  );
}

function firstComing(code: RoomCode): Coming {
  const before = readTabState(code);
  // Where there can be no call the door says so.
  return { number: 0, isReturning: before !== undefined && canCall(), wish: before ?? ALL_ON };
}
