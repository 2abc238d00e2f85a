import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { type Place, type Seat, isHeld, seatOn } from "#lib/seats/seat.ts";
import { type Denials, type Ticket, coolDown, isWaiting } from "./ticket.ts";

/** All that a decision on entering is made from, beside what is asked. */
export type EntryFacts = { place: Place; ticket: Ticket | undefined; denials: Denials };

export type EntryAsk = {
  device: DeviceId;
  intent: "enter" | "move" | "second";
  restart: boolean;
  isSignedIn: boolean;
  /** The account's name, or what the guest calls itself. */
  name: string | undefined;
};

/** `because` names the one right that opened the door; a store that relies on it checks it once more. */
export type EntryDecision =
  | { status: "admitted"; because: "seat"; seat: Seat; name: string }
  | { status: "admitted"; because: "moderator" | "inside" | "access" | "ticket"; name: string }
  | { status: "waiting"; ticket: Ticket }
  | { status: "ask"; name: string }
  | { status: "elsewhere" }
  | { status: "refused"; code: ErrorCode; facts: ErrorFacts };

/**
 * Whether somebody may come in: the one place that says so, asked anew on every request, since rooms and rights change.
 *
 * The order is the rule: what shuts the door for everybody, then who is inside already, then hosts, then the lock, then
 * who walks in, and asking last.
 */
export function decideEntry(facts: EntryFacts, ask: EntryAsk, nowMs: number): EntryDecision {
  const { place, ticket } = facts;
  const shut = whyShut(place, ask, nowMs);
  if (shut) return shut;

  const own = place.isExpelled ? undefined : ownSeat(place, ask);
  if (own) return { status: "admitted", because: "seat", seat: own, name: own.name };
  if (!place.isExpelled && isInsideElsewhere(place, ask, nowMs)) {
    return ask.intent === "enter" ? { status: "elsewhere" } : admitted("inside", nameIn(place, ask));
  }
  if (isModerator(place.role) && !place.isExpelled) return admitted("moderator", nameIn(place, ask));
  if (place.room.isLocked) return refused("room_locked");
  if (walksIn(place, ask)) return admitted("access", ask.name);
  if (ticket?.status === "admitted" && !place.isExpelled) return admitted("ticket", ticket.name);
  if (isWaiting(ticket, nowMs)) return { status: "waiting", ticket };
  return mayAsk(facts, ask, nowMs);
}

function whyShut(
  { room, isBanned, personKey, session }: Place,
  ask: EntryAsk,
  nowMs: number,
): EntryDecision | undefined {
  if (room.expiresAtMs <= nowMs && !session) return refused("room_expired");
  if (isBanned) return refused("banned");
  if (room.endedAtMs === undefined) return undefined;
  const isOwner = personKey === (room.ownerId as string);
  if (!isOwner) return refused("room_ended");
  return ask.restart ? undefined : refused("room_ended", { mayRestart: true });
}

/** A seat that was not taken away, held or lapsed: whoever was inside comes back without asking. */
function ownSeat(place: Place, { device }: EntryAsk): Seat | undefined {
  const seat = seatOn(place, device);
  return place.session && seat && seat.status !== "removed" ? seat : undefined;
}

function isInsideElsewhere({ session, seats }: Place, { device }: EntryAsk, nowMs: number): boolean {
  return session !== undefined && seats.some((seat) => seat.device !== device && isHeld(seat, nowMs));
}

/** Somebody who was removed asks first, however open the room is. */
function walksIn({ room, isExpelled }: Place, { isSignedIn }: EntryAsk): boolean {
  if (isExpelled) return false;
  return room.access === "open" || (room.access === "signed-in" && isSignedIn);
}

function mayAsk({ denials }: EntryFacts, { name }: EntryAsk, nowMs: number): EntryDecision {
  const wait = coolDown(denials);
  if (wait && (wait.asksLeft === 0 || nowMs < wait.mayAskAgainAtMs)) return refused("entry_denied", wait);
  return name === undefined ? refused("bad_request") : { status: "ask", name };
}

function nameIn({ seats }: Place, { name }: EntryAsk): string | undefined {
  return name ?? seats.at(-1)?.name;
}

function admitted(because: "moderator" | "inside" | "access" | "ticket", name: string | undefined): EntryDecision {
  return name === undefined ? refused("bad_request") : { status: "admitted", because, name };
}

function refused(code: ErrorCode, facts: ErrorFacts = {}): EntryDecision {
  return { status: "refused", code, facts };
}
