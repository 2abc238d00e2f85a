import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { type Place, type Seat, isHeld, seatOn } from "#lib/seats/seat.ts";
import { type CoolDown, type Denials, type Ticket, coolDown, isWaiting, stricter } from "./ticket.ts";

/** What is known of the network address someone asks from: whether a participant was removed or banned from there, and denials. */
export type Network = { isRemoved: boolean; denials: Denials };

/** All that a decision on entering is made from, beside what is asked. */
export type EntryFacts = { place: Place; ticket: Ticket | undefined; denials: Denials; network: Network };

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
    return ask.intent === "enter" ? { status: "elsewhere" } : admitted("inside", nameIn(facts, ask));
  }
  if (isModerator(place.role) && !place.isExpelled) return admitted("moderator", nameIn(facts, ask));
  if (place.room.isLocked) return refused("room_locked");
  if (walksIn(facts, ask.isSignedIn)) return admitted("access", admittedName(ticket, ask) ?? ask.name);
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

/**
 * Whether someone enters without asking. A participant who was removed asks first, however open the room is; so does a guest from an
 * address that someone was removed from, who may be the same person without the cookie, and an account from there that was not in
 * this meeting before.
 */
export function walksIn({ place, network }: Pick<EntryFacts, "place" | "network">, isSignedIn: boolean): boolean {
  const { room, isExpelled, seats } = place;
  if (isExpelled) return false;
  const isKnown = isSignedIn && seats.length > 0;
  if (network.isRemoved && !isKnown) return false;
  return room.access === "open" || (room.access === "signed-in" && isSignedIn);
}

function mayAsk(facts: EntryFacts, { name, isSignedIn }: EntryAsk, nowMs: number): EntryDecision {
  const wait = waitOf(facts, isSignedIn);
  const because = facts.denials.count === 0 ? { isForNetwork: true } : {};
  if (wait?.asksLeft === 0) return refused("entry_denied", { ...wait, ...because });
  const waitMs = (wait?.mayAskAgainAtMs ?? 0) - nowMs;
  if (wait && waitMs > 0) {
    return refused("entry_denied", { ...wait, ...because, retryAfterSeconds: Math.ceil(waitMs / 1_000) });
  }
  return name === undefined ? refused("bad_request") : { status: "ask", name };
}

/** When a denied person may ask again. Accounts are known; for guests the denials of their network count as well. */
export function waitOf(
  { denials, network }: Pick<EntryFacts, "denials" | "network">,
  isSignedIn: boolean,
): CoolDown | undefined {
  return coolDown(isSignedIn ? denials : stricter(denials, network.denials));
}

/** A guest keeps the name that a host admitted, or that others in the meeting know, on every device. */
function nameIn({ place, ticket }: EntryFacts, ask: EntryAsk): string | undefined {
  const known = place.seats.at(-1)?.name;
  return ask.isSignedIn ? (ask.name ?? known) : (admittedName(ticket, ask) ?? known ?? ask.name);
}

function admittedName(ticket: Ticket | undefined, { isSignedIn }: EntryAsk): string | undefined {
  return !isSignedIn && ticket?.status === "admitted" ? ticket.name : undefined;
}

function admitted(because: "moderator" | "inside" | "access" | "ticket", name: string | undefined): EntryDecision {
  return name === undefined ? refused("bad_request") : { status: "admitted", because, name };
}

function refused(code: ErrorCode, facts: ErrorFacts = {}): EntryDecision {
  return { status: "refused", code, facts };
}
