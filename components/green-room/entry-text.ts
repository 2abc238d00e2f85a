import type { EntryState, LapseWhy } from "#lib/lobby/entry.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";

type Seen = Pick<RoomCard, "isHost" | "mustAsk" | "state" | "isLive">;

/** What the button does. */
export function entryLabel({ isHost, mustAsk, state, isLive }: Seen): string {
  if (isHost && isLive) return "Join now";
  if (isHost) return state === "ended" ? "Start meeting again" : "Start meeting";
  return mustAsk ? "Ask to join" : "Join now";
}

/** What happens when it is pressed. */
export function entryNote({ isHost, mustAsk, state, isLive }: Seen): string {
  if (isHost && isLive) return "The meeting is in progress. You’re the host.";
  if (isHost && state === "ended") return "This meeting has ended. You can start it again with the same link.";
  if (isHost) return "People with the link ask you before they join, unless you change that in the meeting.";
  return mustAsk
    ? "The host will see your name and let you in. No one can see or hear you until then."
    : "You’ll join right away.";
}

/** What became of the last try, said where the next one begins. */
export function lastAttemptText(entry: EntryState): string | undefined {
  if (entry.status === "cancelled") return "Request cancelled. You can ask again.";
  return entry.status === "lapsed" ? LAPSED[entry.why] : undefined;
}

const LAPSED: Record<LapseWhy, string> = {
  expired: "No one answered within ten minutes. You can ask again.",
  silent: "Your request was cancelled because this device was offline for a minute. You can ask again.",
  gone: "Your request no longer exists. You can ask again.",
};
