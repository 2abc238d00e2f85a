import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";

type Known = Pick<WaitingGuest, "kind" | "isConnected" | "denials" | "isLikeRemoved">;

/** What a host should know before deciding, the most important first. */
export function guestNotes({ kind, isConnected, denials, isLikeRemoved }: Known): readonly string[] {
  const notes = [
    isLikeRemoved && "same network as somebody removed",
    denials > 0 && (denials === 1 ? "denied once before" : `denied ${denials} times before`),
    !isConnected && "connection lost",
    kind === "person" && "signed in",
  ];
  return notes.filter((note) => note !== false);
}
