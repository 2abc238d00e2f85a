"use client";
import { useEffect } from "react";
import { toast } from "sonner";
import { noticeText } from "./notice-text.ts";
import { useAnnouncer, useMeeting } from "./use-meeting.ts";

/** Tells me what was done to me, in writing and spoken. */
export function useNotices(): void {
  const meeting = useMeeting();
  const { say } = useAnnouncer();
  useEffect(
    () =>
      meeting.onNotice((notice) => {
        const text = noticeText(notice);
        if (text === "") return;
        toast(text, { position: "top-center" });
        say(`${text}.`);
      }),
    [meeting, say],
  );
}
