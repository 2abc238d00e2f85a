"use client";
import { useEffect } from "react";
import { useMeeting, useView } from "#components/call-context/use-meeting.ts";

/** Marks the chat as open, so that new messages do not count as unread. */
export function useChatOpen(): void {
  const meeting = useMeeting();
  const isOpen = useView(({ panel }) => panel === "chat");
  useEffect(() => {
    meeting.setChatOpen(isOpen);
    return () => meeting.setChatOpen(false);
  }, [meeting, isOpen]);
}
