"use client";
import { useAnnouncer, useStore } from "#components/call-context/use-meeting.ts";

/** Where announcements are read from. Two places in turn: the same words in the same place are not read again. */
export function AnnouncementRegion() {
  const { turn, text } = useStore(useAnnouncer().announcement);
  return (
    <div className="sr-only">
      <p aria-live="polite">{turn % 2 === 0 ? text : ""}</p>
      <p aria-live="polite">{turn % 2 === 1 ? text : ""}</p>
    </div>
  );
}
