import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";

type Known = Pick<WaitingGuest, "kind" | "isConnected" | "denials" | "networkDenials" | "isLikeRemoved"> &
  Partial<Pick<WaitingGuest, "isAsleep">>;

/** What a host should know before deciding, the most important first. */
export function guestNotes(guest: Known): readonly string[] {
  const { kind, isConnected, denials, networkDenials, isLikeRemoved, isAsleep = false } = guest;
  const notes = [
    isLikeRemoved && "same network as a removed participant",
    denials > 0 && (denials === 1 ? "denied once before" : `denied ${denials} times before`),
    denials === 0 && networkDenials > 0 && "same network as a denied guest",
    isAsleep ? "screen locked, joins when unlocked" : !isConnected && "connection lost",
    kind === "account" && "signed in",
  ];
  return notes.filter((note) => note !== false);
}

/** What a host who admits all at once would overlook; empty for nothing. */
export function crowdWarning(guests: readonly Pick<WaitingGuest, "isLikeHost" | "isLikeRemoved">[]): string {
  if (guests.some(({ isLikeHost }) => isLikeHost)) return "One name looks like a host’s: see all first";
  if (guests.some(({ isLikeRemoved }) => isLikeRemoved))
    return "One is on the same network as a removed participant: see all first";
  return "";
}
