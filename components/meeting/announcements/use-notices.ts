"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { toast } from "#components/ui/toast.tsx";
import { noticeText } from "./notice-text.ts";
import { useAnnouncer, useMeeting } from "#components/call-context/use-meeting.ts";

/** Shows and announces what a host did to me. */
export function useNotices(): void {
  const t = useTranslations();
  const meeting = useMeeting();
  const { announce } = useAnnouncer();
  useEffect(
    () =>
      meeting.onNotice((notice) => {
        const text = noticeText(t, notice);
        if (text === "") return;
        toast(text, { position: "top-center" });
        announce(t("announce.sentence", { text }));
      }),
    [meeting, announce, t],
  );
}
