import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { Admission, EntryState } from "#lib/lobby/entry.ts";
import type { RoomCardState } from "#lib/rooms/room-card-feed.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";

/** Which screen stands in front of the meeting. */
export type EntryView =
  | { screen: "checking" }
  /** A reload inside the call: straight back in, without the green room. */
  | { screen: "returning" }
  | { screen: "green-room"; card: RoomCard }
  | { screen: "elsewhere"; card: RoomCard }
  | { screen: "waiting"; card: RoomCard; state: Extract<EntryState, { status: "waiting" }> }
  | { screen: "denied"; card: RoomCard; state: Extract<EntryState, { status: "denied" }> }
  | { screen: "refused"; card: RoomCard | undefined; code: ErrorCode; facts: ErrorFacts }
  | { screen: "call"; card: RoomCard; admission: Admission };

/**
 * The one switch between the states of entering.
 *
 * @param entry - undefined until the browser's side is there.
 * @param isReturning - whether this tab was inside before a reload.
 */
export function entryView(room: RoomCardState, entry: EntryState | undefined, isReturning: boolean): EntryView {
  if (room.status === "refused") return { screen: "refused", card: undefined, code: room.code, facts: room.facts };
  if (room.status === "loading" || entry === undefined) return { screen: isReturning ? "returning" : "checking" };
  const { card } = room;
  switch (entry.status) {
    case "idle":
    case "lapsed":
    case "cancelled":
      return isReturning && entry.status === "idle" ? { screen: "returning" } : beforeAsking(card);
    case "asking":
      return isReturning ? { screen: "returning" } : { screen: "green-room", card };
    case "elsewhere":
      return { screen: "elsewhere", card };
    case "waiting":
      return { screen: "waiting", card, state: entry };
    case "denied":
      return { screen: "denied", card, state: entry };
    case "refused":
      // Only a host can start an ended meeting again, and does it where they see themselves.
      if (entry.code === "room_ended" && card.isHost)
        return { screen: "green-room", card: { ...card, state: "ended" } };
      return { screen: "refused", card, code: entry.code, facts: entry.facts };
    case "admitted":
      return { screen: "call", card, admission: entry.admission };
    default:
      return entry satisfies never;
  }
}

/** A locked or ended meeting says so before the guest types a name. */
function beforeAsking(card: RoomCard): EntryView {
  if (card.isHost || card.state === "open") return { screen: "green-room", card };
  return { screen: "refused", card, code: card.state === "locked" ? "room_locked" : "room_ended", facts: {} };
}
