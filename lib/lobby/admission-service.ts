import "server-only";
import { newIdentity } from "#lib/ids.ts";
import { isModerator } from "#lib/rooms/room.ts";
import { disconnect } from "#lib/seats/leave-service.ts";
import { nudgeLobby } from "#lib/seats/lobby-room-service.ts";
import { lobbyRoomOf } from "#lib/seats/lobby-room.ts";
import { lacksStandby, meetingOf, replaceStandby } from "#lib/regions/leg-service.ts";
import { type Prepared, prepareMedia } from "#lib/regions/media-room-service.ts";
import { viewMeeting } from "#lib/seats/presence-service.ts";
import { nudge } from "#lib/seats/nudge-service.ts";
import { type Opening, type Reserved, reserveSeat } from "#lib/seats/reservation-repository.ts";
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
  const isOffList = read.ticket?.status === "waiting";
  if (isOffList) visitor.later(() => nudge(reserved.legs, { kind: "lobby" }));
  afterwards(visitor, { ...place, session }, prepared, reserved);
  const [legs] = await Promise.all([
    signLegs({ seat, sessionId: session.sessionId, role, locks: place.room.locks }, reserved.legs),
    tellOthers(place, session, reserved),
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
  if (isChange) later(() => nudge(legs, { kind: "legs" }));
  const meeting = meetingOf(place);
  if (meeting && lacksStandby(legs)) later(() => replaceStandby(meeting, nowMs));
}

/** Notifies the participant's other tabs that they are out, and waiting guests that a host joined. */
async function tellOthers(place: Place, session: Session, { legs, moved }: Reserved): Promise<void> {
  const mayMatter = isModerator(place.role) && place.waitingCount > 0;
  await Promise.all([
    moved.length > 0 ? moveAway(legs, moved) : undefined,
    mayMatter ? nudgeLobby(lobbyRoomOf(session.sessionId, legs), { kind: "lobby" }) : undefined,
  ]);
}

async function moveAway(legs: Reserved["legs"], moved: readonly string[]): Promise<void> {
  await nudge(legs, { kind: "notice", notice: { type: "moved", by: "" } }, moved);
  await disconnect(legs, moved);
}
