import "server-only";
import type { PersonKey } from "#lib/ids.ts";
import { type ScriptAnswer, toRecord } from "#lib/redis/script.ts";
import { parseRoom } from "#lib/rooms/room-fields.ts";
import { unlocked } from "#lib/rooms/room.ts";
import { parseLegs, parseSeat, parseSession } from "./place-fields.ts";
import { type Place, roleOf } from "./seat.ts";

/**
 * Reads the answer of `place()` in place-lua.ts.
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
  const session = parseSession(toRecord(sessionFlat));
  return {
    room: session ? room : unlocked(room),
    session,
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
