import { AppError } from "#lib/errors.ts";
import { type DeviceId, newDeviceId } from "#lib/ids.ts";
import type { RoomCard } from "#lib/rooms/room-schema.ts";
import { type EntryAsk, type EntryDecision, type EntryFacts, decideEntry } from "./decide-entry.ts";

/** `name` is the account's. Without a device, as in server rendering, no seat counts as this tab's. */
type Asker = { device: DeviceId | undefined; isSignedIn: boolean; name: string | undefined };

/**
 * The card of the green room. It uses the rule that decides on entry, so that the two never differ. It never shows who or how
 * many are in the meeting.
 *
 * @throws AppError `room_expired`
 */
export function cardOf(facts: EntryFacts, asker: Asker, nowMs: number): RoomCard {
  // Users without a name enter one on that page, so a missing name must not appear as a refusal.
  const { device = newDeviceId(), isSignedIn, name = "?" } = asker;
  const ask: EntryAsk = { device, isSignedIn, name, intent: "enter", restart: false };
  const decision = decideEntry(facts, ask, nowMs);
  if (decision.status === "refused" && decision.code === "room_expired") throw new AppError("room_expired");

  const { room, role } = facts.place;
  const isHost = role === "host";
  return {
    code: room.code,
    state: room.endedAtMs === undefined ? stateFor(decision) : "ended",
    isHost,
    mustAsk: mustAsk(decision),
    title: isHost ? room.title : "",
    ...(isHost ? { expiresAtMs: room.expiresAtMs, isLive: facts.place.insideCount > 0 } : {}),
    ...(asker.isSignedIn && asker.name !== undefined ? { signedInAs: asker.name } : {}),
  };
}

function stateFor(decision: EntryDecision): RoomCard["state"] {
  return decision.status === "refused" && decision.code === "room_locked" ? "locked" : "open";
}

function mustAsk(decision: EntryDecision): boolean {
  if (decision.status === "ask" || decision.status === "waiting") return true;
  return decision.status === "refused" && decision.code === "entry_denied";
}
