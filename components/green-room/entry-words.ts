import type { EntryState, LapseWhy } from "#lib/lobby/entry.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";

type Seen = Pick<RoomCard, "isHost" | "mustAsk" | "state" | "isLive">;

/** What the button does. */
export function entryLabel({ isHost, mustAsk, state, isLive }: Seen): string {
  if (isHost && isLive) return "Join now";
  if (isHost) return state === "ended" ? "Start the meeting again" : "Start the meeting";
  return mustAsk ? "Ask to join" : "Join now";
}

/** What happens when it is pressed. */
export function entryMeaning({ isHost, mustAsk, state, isLive }: Seen): string {
  if (isHost && isLive) return "The meeting goes on. You are its host.";
  if (isHost && state === "ended") return "This meeting has ended. Starting it again opens the same link.";
  if (isHost) return "You decide who comes in; whoever opens the link asks you first, unless you set it otherwise.";
  return mustAsk ? "A host sees your name and lets you in. Nobody sees or hears you before." : "You go straight in.";
}

/** What became of the last try, said where the next one begins. */
export function afterwardsNote(entry: EntryState): string | undefined {
  if (entry.status === "cancelled") return "You stopped asking. The host does not see you any more.";
  return entry.status === "lapsed" ? LAPSED[entry.why] : undefined;
}

const LAPSED: Record<LapseWhy, string> = {
  expired: "Your request ran out after ten minutes without an answer. You can ask again.",
  silent: "Your request was taken back: for a minute we could not reach this device. You can ask again.",
  gone: "Your request is not there any more. You can ask again.",
};
