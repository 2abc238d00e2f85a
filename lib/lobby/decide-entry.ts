import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import type { DeviceId } from "#lib/ids.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { type Place, type Seat, isHeld, seatOn } from "#lib/seats/seat.ts";
import { type CoolDown, type Denials, type Ticket, coolDown, isWaiting, stricter } from "./ticket.ts";

/** What we know of the request's network address: whether a participant was removed or banned from there, and its denials. */
export type Network = { isRemoved: boolean; denials: Denials };

/** All facts behind an entry decision, apart from the request itself. */
export type EntryFacts = { place: Place; ticket: Ticket | undefined; denials: Denials; network: Network };

export type EntryAsk = {
  device: DeviceId;
  intent: "enter" | "move" | "second";
  restart: boolean;
  isSignedIn: boolean;
  /** The account's name, or the name that the guest typed. */
  name: string | undefined;
};

/** `because` names the one right that the decision relies on. The script that stores the entry checks it again. */
export type EntryDecision =
  | { status: "admitted"; because: "seat"; seat: Seat; name: string }
  | { status: "admitted"; because: "moderator" | "inside" | "access" | "ticket"; name: string }
  | { status: "waiting"; ticket: Ticket }
  | { status: "ask"; name: string }
  | { status: "elsewhere" }
  | { status: "refused"; code: ErrorCode; facts: ErrorFacts };

/**
 * Decides whether a user can join. No other code decides this. Every request is decided again, because rooms and rights change.
 *
 * The order of the checks matters: refusals that hold for everyone, existing seats, hosts, the lock, joining without asking, asking.
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

/** A seat that was not removed, held or lapsed: a former participant rejoins without asking. */
function ownSeat(place: Place, { device }: EntryAsk): Seat | undefined {
  const seat = seatOn(place, device);
  return place.session && seat && seat.status !== "removed" ? seat : undefined;
}

function isInsideElsewhere({ session, seats }: Place, { device }: EntryAsk, nowMs: number): boolean {
  return session !== undefined && seats.some((seat) => seat.device !== device && isHeld(seat, nowMs));
}

/**
 * Whether a user joins without asking. A removed participant always asks first. So do guests from an address of a removed
 * participant, who may be the same person without the cookie, and accounts from there that are new to this meeting.
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

/** When a denied user can ask again. For guests, the denials of their network address count as well. */
export function waitOf(
  { denials, network }: Pick<EntryFacts, "denials" | "network">,
  isSignedIn: boolean,
): CoolDown | undefined {
  return coolDown(isSignedIn ? denials : stricter(denials, network.denials));
}

/** A guest keeps, on every device, the name that a host admitted or that the meeting knows. */
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
