import type { WaitingGuest } from "#lib/lobby/lobby-schema.ts";
import type { TextKey, Texts } from "#components/texts/texts.ts";

type Known = Pick<WaitingGuest, "kind" | "isConnected" | "denials" | "networkDenials" | "isLikeRemoved"> &
  Partial<Pick<WaitingGuest, "isAsleep">>;

/** What a host should know before deciding, the most important first. */
export function guestNotes(t: Texts, guest: Known): readonly string[] {
  const { kind, isConnected, denials, networkDenials, isLikeRemoved, isAsleep = false } = guest;
  const notes = [
    isLikeRemoved && t("lobby.note.likeRemoved"),
    denials > 0 && t("lobby.note.denied", { count: denials }),
    denials === 0 && networkDenials > 0 && t("lobby.note.networkDenied"),
    isAsleep ? t("lobby.note.asleep") : !isConnected && t("lobby.note.offline"),
    kind === "account" && t("lobby.note.signedIn"),
  ];
  return notes.filter((note) => note !== false);
}

/** What a host who admits all at once would overlook; undefined for nothing. */
export function crowdWarning(
  guests: readonly Pick<WaitingGuest, "isLikeHost" | "isLikeRemoved">[],
): TextKey | undefined {
  if (guests.some(({ isLikeHost }) => isLikeHost)) return "lobby.likeHostInCrowd";
  return guests.some(({ isLikeRemoved }) => isLikeRemoved) ? "lobby.likeRemovedInCrowd" : undefined;
}
