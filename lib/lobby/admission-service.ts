import "server-only";
import { newIdentity } from "#lib/ids.ts";
import { contextOf, emit } from "#lib/seats/event-service.ts";
import { sayFarewell } from "#lib/seats/farewell-service.ts";
import { disconnect } from "#lib/seats/leave-service.ts";
import { lacksStandby, meetingOf, replaceStandby } from "#lib/regions/leg-service.ts";
import { type Prepared, prepareMedia } from "#lib/regions/media-room-service.ts";
import { viewMeeting } from "#lib/seats/presence-service.ts";
import { type Opening, type Reserved, reserveSeat } from "#lib/seats/reservation-repository.ts";
import type { EventContext } from "#lib/seats/room-event.ts";
import { type Place, type Seat, type Session, isHeld } from "#lib/seats/seat.ts";
import { signLegs } from "#lib/tokens/token-service.ts";
import type { EntryDecision } from "./decide-entry.ts";
import type { ReadEntry } from "./lobby-repository.ts";
import type { EntryAnswer } from "./lobby-schema.ts";
import type { Visitor } from "./visitor.ts";

type Admitted = Extract<EntryDecision, { status: "admitted" }>;

/**
 * Gives a seat, opens the meeting if there is none, and then issues the tokens.
 *
 * @throws AppError `changed_meanwhile`, `room_full`, `media_unavailable`, `unavailable`
 */
export async function admit(decision: Admitted, visitor: Visitor, read: ReadEntry): Promise<EntryAnswer> {
  const { nowMs, ask } = visitor;
  const { place } = read;
  const hasSeat = decision.because === "seat";
  const { clientLocation, states } = visitor;
  const prepared = await prepareMedia(place, { clientLocation, states, isReturning: hasSeat, nowMs });
  const { open, homes } = prepared;
  const isReturning = hasSeat && !open;
  const wanted = isReturning ? decision.seat : newSeat(decision, visitor, place);
  const isMove = ask.intent === "move";
  const ticketId = decision.because === "ticket" ? read.ticket?.id : undefined;
  const reserved = await reserveSeat({
    place,
    seat: wanted,
    isReturning,
    ticketId,
    isInside: decision.because === "inside",
    isMove,
    open,
    homes,
    nowMs,
    storedSession: read.stored.sessionId,
  });

  const session = sessionAfter(place, open, nowMs);
  const { role } = place;
  const { seat } = reserved;
  const context = contextOf({ ...place, session, legs: reserved.legs });
  const { ticket } = read;
  if (ticket?.status === "waiting") visitor.later(() => emit(context, { type: "knock.settled", ticketId: ticket.id }));
  afterwards(visitor, { ...place, session }, prepared, reserved);
  const [legs] = await Promise.all([
    signLegs({ seat, sessionId: session.sessionId, role, locks: place.room.locks }, reserved.legs),
    announce(context, { place, seat, isReturn: isReturning, isStart: open !== undefined }, reserved.moved),
  ]);
  return { status: "admitted", legs, meeting: viewMeeting({ ...place, legs: reserved.legs }, session, seat, nowMs) };
}

function newSeat(decision: Admitted, visitor: Visitor, place: Place): Seat {
  const { ask, kind, addressKey, nowMs } = visitor;
  const others = place.seats.filter((seat) => isHeld(seat, nowMs));
  return {
    identity: newIdentity(),
    personKey: visitor.personKey(),
    device: ask.device,
    name: decision.name,
    kind,
    addressKey,
    status: "reserved",
    reason: "",
    sid: "",
    handRaisedAtMs: 0,
    joinedAtMs: Math.min(nowMs, ...others.map((seat) => seat.joinedAtMs)),
    // The reservation script chooses among the nearby legs.
    homeLeg: "",
    homeCount: 0,
    heldUntilMs: 0,
  };
}

function sessionAfter(place: Place, open: Opening | undefined, nowMs: number): Session {
  if (!open && place.session) return place.session;
  if (!open) throw new Error("A seat was given in no session");
  return { sessionId: open.sessionId, startedAtMs: nowMs, hostSeenAtMs: nowMs, lastSeenAtMs: nowMs, chatSeq: 0 };
}

/** Nudges participants about new legs, and replaces a lost standby. The entering participant waits for neither. */
function afterwards({ later, nowMs }: Visitor, place: Place, { isChange }: Prepared, { legs }: Reserved): void {
  if (isChange) later(() => emit(contextOf({ ...place, legs }), { type: "legs.changed" }));
  const meeting = meetingOf(place);
  if (meeting && lacksStandby(legs)) later(() => replaceStandby(meeting, nowMs));
}

type Entered = { place: Place; seat: Seat; isReturn: boolean; isStart: boolean };

async function announce(
  context: EventContext,
  { place, seat, isReturn, isStart }: Entered,
  moved: readonly string[],
): Promise<void> {
  const { role, waitingCount } = place;
  await Promise.all([
    isStart ? emit(context, { type: "meeting.started" }) : undefined,
    emit(context, { type: "participant.joined", identity: seat.identity, role, isReturn, waitingCount }),
    moved.length > 0 ? moveAway(context, moved) : undefined,
  ]);
}

/** Ends the user's other seats in LiveKit. */
async function moveAway(context: EventContext, moved: readonly string[]): Promise<void> {
  await sayFarewell(context.legs, { type: "moved", by: "" }, moved);
  await disconnect(context.legs, moved);
  await emit(context, { type: "participant.moved", identities: moved });
}
