"use client";
import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";
import { useLobby } from "#components/meeting/use-meeting.ts";
import { useServerNow } from "./use-server-now.ts";
import { waitedText } from "./waited-text.ts";

export type QueuedGuest = WaitingGuest & { waited: string };

/** Who waits, longest first, and for how long by now. `isStale` means that the last refresh failed. */
export function useLobbyQueue(): { guests: readonly QueuedGuest[]; isStale: boolean } {
  const { guests, nowMs, isStale } = useLobby((lobby) => lobby);
  const now = useServerNow(nowMs);
  return { guests: guests.map((guest) => ({ ...guest, waited: waitedText(now - guest.askedAtMs) })), isStale };
}
