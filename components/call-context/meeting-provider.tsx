"use client";
import { type ReactNode, useMemo } from "react";
import type { Meeting } from "#lib/call/meeting.ts";
import { createAnnouncer } from "./announcer.ts";
import { MeetingContext } from "./use-meeting.ts";
import { createView } from "./view.ts";

type MeetingProviderProps = { meeting: Meeting; shareUrl: string; children: ReactNode };

/** Gives one call to everything that shows it. Key it by the meeting: what is pinned in one call means nothing in the next. */
export function MeetingProvider({ meeting, shareUrl, children }: MeetingProviderProps) {
  const value = useMemo(
    () => ({ meeting, shareUrl, view: createView(), announcer: createAnnouncer() }),
    [meeting, shareUrl],
  );
  return <MeetingContext value={value}>{children}</MeetingContext>;
}
