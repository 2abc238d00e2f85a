"use client";
import { useEffect } from "react";
import { useMeeting, useView } from "#components/call-context/use-meeting.ts";

/** Tells the chat whether it is being read: what is read is not counted as unread. */
export function useChatOpen(): void {
  const meeting = useMeeting();
  const isOpen = useView(({ panel }) => panel === "chat");
  useEffect(() => {
    meeting.setChatOpen(isOpen);
    return () => meeting.setChatOpen(false);
  }, [meeting, isOpen]);
}
