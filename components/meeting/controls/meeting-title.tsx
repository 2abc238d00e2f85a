"use client";
import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallState } from "#components/call-context/use-meeting.ts";

/** What the meeting is called, or its code. */
export function MeetingTitle() {
  const t = useTranslations();
  const room = useCallState((call) => call.room);
  const region = useCallState((call) => call.region);
  return (
    <div className="min-w-0 pl-2">
      <p className="flex min-w-0 items-center gap-2 text-[0.9375rem] font-semibold">
        {room.isLocked && <Lock aria-label={t("call.lockedMeeting")} className="size-4 shrink-0" />}
        <span dir="auto" className="truncate">
          {room.title === "" ? room.code : room.title}
        </span>
      </p>
      {region !== undefined && <p className="truncate text-sm text-ink-soft">{region}</p>}
    </div>
  );
}
