import type { EntryState } from "#lib/lobby/entry.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import type { TextKey } from "#components/texts/texts.ts";

type Seen = Pick<RoomCard, "isHost" | "mustAsk" | "state" | "isLive">;

/** What the button does, as a key of the catalogue. */
export function entryLabel({ isHost, mustAsk, state, isLive }: Seen): TextKey {
  if (isHost && isLive) return "common.joinNow";
  if (isHost) return state === "ended" ? "door.startAgain" : "door.start";
  return mustAsk ? "door.ask" : "common.joinNow";
}

/** What happens when it is pressed. */
export function entryNote({ isHost, mustAsk, state, isLive }: Seen): TextKey {
  if (isHost && isLive) return "door.noteLiveHost";
  if (isHost && state === "ended") return "door.noteEnded";
  if (isHost) return "door.noteHost";
  return mustAsk ? "door.noteAsk" : "door.noteDirect";
}

/** How the last request ended, shown where the next one begins. */
export function lastAttempt(entry: EntryState): TextKey | undefined {
  if (entry.status === "cancelled") return "door.cancelled";
  return entry.status === "lapsed" ? `door.lapsed.${entry.why}` : undefined;
}
