import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";

type Known = Pick<
  WaitingGuest,
  "kind" | "isConnected" | "denials" | "networkDenials" | "isLikeRemoved" | "isLikeHost" | "isAsleep"
>;

/** What a host should know before deciding, the most important first. */
export function guestNotes(guest: Known): readonly string[] {
  const { kind, isConnected, denials, networkDenials, isLikeRemoved, isLikeHost, isAsleep } = guest;
  const notes = [
    isLikeHost && "name reads like a host’s",
    isLikeRemoved && "same network as a removed participant",
    denials > 0 && (denials === 1 ? "denied once before" : `denied ${denials} times before`),
    denials === 0 && networkDenials > 0 && "same network as a denied guest",
    isAsleep ? "screen locked, enters on waking" : !isConnected && "connection lost",
    kind === "person" && "signed in",
  ];
  return notes.filter((note) => note !== false);
}
