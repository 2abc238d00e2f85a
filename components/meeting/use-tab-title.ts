"use client";
import { useEffect } from "react";
import { tabTitle } from "./tab-title.ts";
import { useIsModerator, useLobby } from "#components/call-context/use-meeting.ts";

/** Shows in the tab how many wait. */
export function useTabTitle(): void {
  const isModerator = useIsModerator();
  const waitingCount = useLobby(({ guests }) => guests.length);
  const count = isModerator ? waitingCount : 0;
  useEffect(() => {
    document.title = tabTitle(document.title, count);
    return () => {
      document.title = tabTitle(document.title, 0);
    };
  }, [count]);
}
