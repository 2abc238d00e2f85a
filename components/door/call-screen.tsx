"use client";
import { Suspense, lazy } from "react";
import type { Admission } from "#lib/lobby/entry.ts";
import { meetingUrl } from "#lib/rooms/room-links.ts";
import { Spinner } from "#components/ui/spinner.tsx";
import { type Closed, useCall } from "./use-call.ts";
import { useDarkPage } from "./use-dark-page.ts";
import type { Door } from "./use-door.ts";
import { LeaveQuestion } from "./leave-question.tsx";

export const loadMeetingRoom = () => import("#components/meeting/meeting-room.tsx");
const MeetingRoom = lazy(async () => ({ default: (await loadMeetingRoom()).MeetingRoom }));

type CallScreenProps = {
  door: Door;
  admission: Admission;
  isLeaveAsked: boolean;
  onStay: () => void;
  onClosed: (closed: Closed) => void;
};

/** In the call. The screens of the meeting come with it; nobody who is still outside pays for them before they could see them. */
export function CallScreen({ door, admission, isLeaveAsked, onStay, onClosed }: CallScreenProps) {
  useDarkPage();
  const meeting = useCall(door, admission, onClosed);
  if (!meeting) return <Entering />;
  return (
    <Suspense fallback={<Entering />}>
      <MeetingRoom meeting={meeting} shareUrl={meetingUrl(location.origin, door.code)} />
      <LeaveQuestion isOpen={isLeaveAsked} onStay={onStay} onLeave={meeting.leave} />
    </Suspense>
  );
}

/** Between the door and the first picture. */
export function Entering({ label = "Joining the meeting" }: { label?: string }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas">
      <h1 className="sr-only">{label}</h1>
      <Spinner label={label} />
    </main>
  );
}
