"use client";
import { useTranslations } from "next-intl";
import { Suspense, lazy } from "react";
import type { Admission } from "#lib/lobby/entry.ts";
import { meetingUrl } from "#lib/rooms/room-links.ts";
import { Spinner } from "#components/ui/spinner.tsx";
import { type Closed, useCreateCall } from "./use-create-call.ts";
import { useDarkPage } from "./use-dark-page.ts";
import type { EntryResources } from "./use-entry-resources.ts";
import { CallTexts } from "./call-texts.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";

export const loadMeetingRoom = () => import("#components/meeting/meeting-room.tsx");
const MeetingRoom = lazy(async () => ({ default: (await loadMeetingRoom()).MeetingRoom }));

type CallScreenProps = {
  resources: EntryResources;
  admission: Admission;
  isLeaveAsked: boolean;
  onStay: () => void;
  onClosed: (closed: Closed) => void;
};

/** The call. Loads the meeting's screens, which users outside the call do not need. */
export function CallScreen({ resources, admission, isLeaveAsked, onStay, onClosed }: CallScreenProps) {
  useDarkPage();
  const meeting = useCreateCall(resources, admission, onClosed);
  if (!meeting) return <JoiningScreen />;
  return (
    <Suspense fallback={<JoiningScreen />}>
      <CallTexts>
        <MeetingRoom meeting={meeting} shareUrl={meetingUrl(location.origin, resources.code)} />
        <LeaveDialog isOpen={isLeaveAsked} onStay={onStay} onLeave={meeting.leave} />
      </CallTexts>
    </Suspense>
  );
}

/** Between the door and the first picture. */
export function JoiningScreen({ label }: { label?: string }) {
  const t = useTranslations();
  const shown = label ?? t("door.joining");
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas">
      <h1 className="sr-only">{shown}</h1>
      <Spinner label={shown} />
    </main>
  );
}
