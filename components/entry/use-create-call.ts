"use client";
import { useEffect, useState } from "react";
import type { ErrorCode } from "#lib/errors.ts";
import type { Admission } from "#lib/lobby/entry.ts";
import type { Meeting } from "#lib/call/meeting.ts";
import type { ClosedReason } from "./after-call.ts";
import { type InitialMedia, currentMedia } from "./initial-media.ts";
import type { EntryResources } from "./use-entry-resources.ts";

/** Why we are outside again, and what was on in the call. */
export type Closed = { reason: ClosedReason; code: ErrorCode | undefined; initialMedia: InitialMedia };

/** The heavy part: fetched while people are still looking at themselves. */
export const loadMeetingStore = () => import("#lib/call/create-meeting.ts");

/** One call: made when we are let in, gone when this is no longer shown. */
export function useCreateCall(
  resources: EntryResources,
  admission: Admission,
  onClosed: (closed: Closed) => void,
): Meeting | undefined {
  const [meeting, setMeeting] = useState<Meeting>();
  useEffect(() => {
    let isOver = false;
    let made: Meeting | undefined;
    void loadMeetingStore().then(({ createMeeting }) => {
      if (isOver) return;
      made = createMeeting({ code: resources.code, device: resources.device, admission, preview: resources.preview });
      setMeeting(made);
    });
    return () => {
      isOver = true;
      made?.dispose();
    };
  }, [resources, admission]);
  useClosed(meeting, onClosed);
  return meeting;
}

function useClosed(meeting: Meeting | undefined, onClosed: (closed: Closed) => void): void {
  useEffect(() => {
    if (!meeting) return;
    let initialMedia = currentMedia(meeting);
    const look = () => {
      const { connection } = meeting.state.getSnapshot();
      if (connection.status === "closed") onClosed({ reason: connection.reason, code: connection.code, initialMedia });
      else initialMedia = currentMedia(meeting);
    };
    const stop = [meeting.state.subscribe(look), meeting.media.subscribe(look)];
    look();
    return () => stop.forEach((unsubscribe) => unsubscribe());
  }, [meeting, onClosed]);
}
