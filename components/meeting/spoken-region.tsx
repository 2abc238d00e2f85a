"use client";
import { useAnnouncer, useStore } from "./use-meeting.ts";

/** Where announcements are read from. Two places in turn: the same words in the same place are not read again. */
export function SpokenRegion() {
  const { turn, text } = useStore(useAnnouncer().spoken);
  return (
    <div className="sr-only">
      <p aria-live="polite">{turn % 2 === 0 ? text : ""}</p>
      <p aria-live="polite">{turn % 2 === 1 ? text : ""}</p>
    </div>
  );
}
