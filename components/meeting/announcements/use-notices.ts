"use client";
import { useEffect } from "react";
import { toast } from "#components/ui/toast.tsx";
import { noticeText } from "./notice-text.ts";
import { useAnnouncer, useMeeting } from "#components/call-context/use-meeting.ts";

/** Shows and announces what a host did to me. */
export function useNotices(): void {
  const meeting = useMeeting();
  const { announce } = useAnnouncer();
  useEffect(
    () =>
      meeting.onNotice((notice) => {
        const text = noticeText(notice);
        if (text === "") return;
        toast(text, { position: "top-center" });
        announce(`${text}.`);
      }),
    [meeting, announce],
  );
}
