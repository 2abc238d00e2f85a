import "server-only";
import { z } from "zod";
import { DeviceId, Identity, type PersonKey, SessionId } from "#lib/ids.ts";
import { type ScriptAnswer, toRecord } from "#lib/redis/script.ts";
import { parseRoom } from "#lib/rooms/room-fields.ts";
import { type Leg, type Place, type Seat, type Session, roleOf } from "./seat.ts";

const count = z.coerce.number().nonnegative();

const SessionFields = z.object({
  sessionId: SessionId,
  startedAtMs: count,
  hostSeenAtMs: count.default(0),
  lastSeenAtMs: count.default(0),
  chatSeq: count.default(0),
});

const SeatFields = z.object({
  identity: Identity,
  personKey: z.string().transform((value) => value as PersonKey),
  device: DeviceId,
  name: z.string(),
  kind: z.enum(["person", "guest"]),
  status: z.enum(["reserved", "present", "away", "removed"]),
  reason: z.enum(["", "left", "moved", "expelled", "banned", "ended"]).default(""),
  joinedAtMs: count,
  sid: z.string().default(""),
  homeLeg: z.string(),
  handRaisedAtMs: count.default(0),
  heldUntilMs: count,
  addressKey: z.string().default(""),
});

const LegFields = z.tuple([z.string(), z.string(), z.enum(["live", "closed"])]);

/** @returns undefined when the fields are no seat: an unreadable seat is nobody's right. */
export function parseSeat(fields: Record<string, string>): Seat | undefined {
  return SeatFields.safeParse(fields).data;
}

export function parseSession(fields: Record<string, string>): Session | undefined {
  return SessionFields.safeParse(fields).data;
}

export function parseLegs(fields: Record<string, string>): Leg[] {
  return Object.entries(fields).flatMap(([leg, text]) => {
    const parsed = LegFields.safeParse(text.split("|"));
    if (!parsed.success) return [];
    const [site, room, state] = parsed.data;
    return [{ leg, site, room, state }];
  });
}

/**
 * Reads what `place()` in place-lua.ts answered.
 *
 * @returns undefined when there is no such room.
 */
export function parsePlace(answer: ScriptAnswer, personKey: PersonKey | undefined): Place | undefined {
  if (!Array.isArray(answer)) return undefined;
  const [roomFlat, sessionFlat, legsFlat, facts, seats, counts] = answer;
  const room = parseRoom(toRecord(roomFlat));
  if (!room) return undefined;
  const [isBanned, isExpelled, roleEntry] = asList(facts);
  // The owner cannot be kept out: the link is theirs.
  const isOwner = String(personKey) === room.ownerId;
  const [insideCount, hostCount, waitingCount] = asList(counts).map(Number);
  return {
    room,
    session: parseSession(toRecord(sessionFlat)),
    legs: parseLegs(toRecord(legsFlat)),
    personKey,
    role: roleOf(personKey, room.ownerId, String(roleEntry ?? "")),
    isBanned: Number(isBanned) === 1 && !isOwner,
    isExpelled: Number(isExpelled) === 1 && !isOwner,
    seats: asList(seats).flatMap((flat) => parseSeat(toRecord(flat)) ?? []),
    insideCount: insideCount ?? 0,
    isHostPresent: (hostCount ?? 0) > 0,
    waitingCount: waitingCount ?? 0,
  };
}

function asList(answer: ScriptAnswer | undefined): ScriptAnswer[] {
  return Array.isArray(answer) ? answer : [];
}
