"use client";
import { useTranslations } from "next-intl";
import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";
import { useLobby } from "#components/call-context/use-meeting.ts";
import { type SameName, distinctName, sameNames } from "./same-names.ts";
import { useServerNow } from "./use-server-now.ts";
import { waitedTimeText } from "./waited-time-text.ts";

/** `distinctName` is what buttons call the guest; `same` says which one of several with that name this is. */
export type QueuedGuest = WaitingGuest & { waited: string; distinctName: string; same: SameName | undefined };

/** Who waits, longest first, and for how long by now. `isStale` means that the last refresh failed. */
export function useLobbyQueue(): { guests: readonly QueuedGuest[]; isStale: boolean } {
  const t = useTranslations();
  const { guests, nowMs, isStale } = useLobby((lobby) => lobby);
  const now = useServerNow(nowMs);
  const namesakes = sameNames(guests);
  const queued = guests.map((guest) => {
    const same = namesakes.get(guest.ticketId);
    return {
      ...guest,
      waited: waitedTimeText(t, now - guest.askedAtMs),
      same,
      distinctName: distinctName(t, guest.name, same),
    };
  });
  return { guests: queued, isStale };
}
