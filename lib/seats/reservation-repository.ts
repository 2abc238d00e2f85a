import "server-only";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { type Identity, Identity as IdentitySchema, type SessionId } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript, toRecord } from "#lib/redis/script.ts";
import { defaultLimits } from "#lib/rooms/host-limits.ts";
import { LINK_LIFETIME_MS } from "#lib/rooms/room.ts";
import { parseLegs, seatFields } from "./place-fields.ts";
import { RESERVE_LUA } from "./reserve-lua.ts";
import type { Leg, Place, Seat } from "./seat.ts";

// A second run finds the seat that the first one gave.
const RESERVE = defineScript(RESERVE_LUA, { isIdempotent: true });

/** A meeting to open with the seat. Its LiveKit rooms already exist. */
export type Opening = { sessionId: SessionId; legs: readonly Omit<Leg, "state">[] };

export type Reservation = {
  /** The facts of the decision. */
  place: Place;
  /** The session in Redis at the time, over or not; empty for none. */
  storedSession: string;
  seat: Seat;
  /** This tab already had the seat. */
  isReturning: boolean;
  /** The admitted ticket that the decision relies on. */
  ticketId: string | undefined;
  /** The decision relies on the person's seat on another device. */
  isInside?: boolean;
  /** Ends the person's other seats. */
  isMove: boolean;
  open: Opening | undefined;
  /** Names of the legs near the participant; a new seat publishes on the one with the fewest publishers. */
  homes: readonly string[];
  nowMs: number;
};

export type Reserved = { seat: Seat; legs: readonly Leg[]; moved: readonly Identity[] };

/**
 * Takes the seat, if the facts of the decision are unchanged and there is room.
 *
 * @throws AppError `changed_meanwhile` when rights, the session, the ticket or the seat changed: decide again.
 * @throws AppError `room_full`; the owner can exceed the limit by one, so that a full room cannot lock its host out.
 * @throws AppError `host_blocked`, `meetings_limit` when the room's owner cannot start a meeting now.
 * @throws AppError `unavailable`
 */
export async function reserveSeat(reservation: Reservation): Promise<Reserved> {
  const { place, seat, isReturning, open } = reservation;
  const { code, ownerId } = place.room;
  const fields = isReturning ? [] : seatFields(seat, open?.sessionId ?? place.session?.sessionId ?? "");
  const answer = await RESERVE(
    [
      keys.prefix(code),
      keys.roomsOf(ownerId),
      keys.sessionCode(open?.sessionId ?? ("" as SessionId)),
      keys.account(ownerId),
    ],
    [JSON.stringify(wanted(reservation)), ...fields],
  );
  const [status, legs, moved, homeLeg, homeCount] = Array.isArray(answer) ? answer : [];
  if (status === "full") throw new AppError("room_full");
  if (status === "blocked") throw new AppError("host_blocked");
  if (status === "meetings") throw new AppError("meetings_limit");
  if (status !== "ok") throw new AppError("changed_meanwhile");
  return {
    seat: { ...seat, homeLeg: String(homeLeg), homeCount: Number(homeCount) },
    legs: parseLegs(toRecord(legs)),
    moved: IdentitySchema.array().parse(Array.isArray(moved) ? moved : []),
  };
}

function wanted({ place, seat, ...reservation }: Reservation) {
  const { storedSession, isReturning, ticketId, isInside = false, isMove, open, homes, nowMs } = reservation;
  return {
    nowMs,
    code: place.room.code,
    rev: String(place.room.rev),
    session: storedSession,
    ticket: ticketId ?? "",
    person: seat.personKey,
    device: seat.device,
    identity: seat.identity,
    isReturning,
    isInside,
    isMove,
    kind: seat.kind,
    address: seat.addressKey,
    open,
    homes,
    around: keys.aroundCode,
    limits: defaultLimits(env().MAX_PARTICIPANTS),
    ttl: {
      reserved: TTL_MS.seatReserved,
      session: TTL_MS.session,
      sessionCode: TTL_MS.sessionCode,
      link: LINK_LIFETIME_MS,
      expiredRoom: TTL_MS.expiredRoom,
    },
  };
}
