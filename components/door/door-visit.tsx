"use client";
import { useCallback, useEffect, useState } from "react";
import type { RoomCode } from "#lib/ids.ts";
import { meetingPath } from "#lib/rooms/room-links.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { GreenRoomSkeleton } from "#components/green-room/green-room-skeleton.tsx";
import { CallScreen, Entering, loadMeetingRoom } from "./call-screen.tsx";
import { DoorScreen } from "./door-screen.tsx";
import { RefusalScreen } from "./refusal-screen.tsx";
import type { Wish } from "./ready-devices.ts";
import { type Closed, loadMeetingStore } from "./use-call.ts";
import { type DoorStep, useDoorHistory } from "./use-door-history.ts";
import { type Visit, useVisit } from "./use-visit.ts";

type DoorVisitProps = {
  code: RoomCode;
  wish: Wish;
  isReturning: boolean;
  onClosed: (closed: Closed & { card: RoomCard }) => void;
};

/** One visit: shows the screen of the state it is in. */
export function DoorVisit({ code, wish, isReturning, onClosed }: DoorVisitProps) {
  const visit = useVisit(code, wish, isReturning);
  const { view, door } = visit;
  const [isLeaveAsked, setLeaveAsked] = useState(false);
  useDoorHistory(stepOf(visit), () => {
    if (view.screen === "call") setLeaveAsked(true);
    else void door?.feed.cancel();
    return view.screen === "call";
  });
  usePrefetch(view.screen);
  const card = view.screen === "call" ? view.card : undefined;
  const close = useCallback((closed: Closed) => card && onClosed({ ...closed, card }), [card, onClosed]);

  if (view.screen === "returning") return <Entering label="Rejoining the meeting" />;
  if (view.screen === "refused")
    return (
      <RefusalScreen
        key={view.code}
        code={view.code}
        facts={view.facts}
        name={view.card ? view.card.signedInAs : null}
        path={meetingPath(code)}
        onAgain={visit.again}
      />
    );
  if (view.screen === "checking" || !door)
    return <GreenRoomSkeleton path={meetingPath(code)} label="Looking up the meeting" />;
  if (view.screen === "call") {
    const call = { door, admission: view.admission, isLeaveAsked, onStay: () => setLeaveAsked(false), onClosed: close };
    return <CallScreen {...call} />;
  }
  return <DoorScreen view={view} door={door} visit={visit} />;
}

function stepOf({ view }: Visit): DoorStep {
  if (view.screen === "waiting" || view.screen === "call") return "inside";
  return view.screen === "checking" || view.screen === "returning" ? "unknown" : "outside";
}

/** Whoever looks at themselves or waits is going to need the call: fetched then, it costs Join nothing. */
function usePrefetch(screen: Visit["view"]["screen"]): void {
  const isNear = screen === "green-room" || screen === "waiting" || screen === "returning" || screen === "elsewhere";
  useEffect(() => {
    if (!isNear) return;
    // A failure here is told where it matters, when the call itself is loaded.
    void loadMeetingStore().catch(() => {});
    void loadMeetingRoom().catch(() => {});
  }, [isNear]);
}
