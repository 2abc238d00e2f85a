import "server-only";
import type { DeviceId, RoomCode, SessionId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, orUnavailable, toRecord } from "#lib/redis/script.ts";
import type { Room } from "#lib/rooms/room.ts";
import { parseLegs } from "./place-fields.ts";
import { SESSION_LUA } from "./session-lua.ts";
import type { Leg } from "./seat.ts";

/** The LiveKit rooms of a session that ended. */
export type Ended = { sessionId: string | undefined; legs: readonly Leg[] };

/** Lua: removes every request to join, decided or waiting. Their guests see that the room has ended or is gone. */
const FORGET_TICKETS = `
local function forget_tickets(prefix)
  local tickets = redis.call('HGETALL', prefix .. K.tickets)
  for i = 1, #tickets, 2 do forget_ticket(prefix, tickets[i], tickets[i + 1]) end
  for _, name in ipairs(LOBBY_KEYS) do redis.call('DEL', prefix .. name) end
end
`;

// ARGV: 1 now, 2 how long tabs can learn of the end, 3 the only session to end, '' for any.
// A room without a session is marked as ended, too.
const END = defineScript(
  `${SESSION_LUA}${FORGET_TICKETS}
  local prefix, now = KEYS[1], ARGV[1]
  local room = prefix .. K.room
  if redis.call('EXISTS', room) == 0 then return { '', {} } end
  local sessionId = redis.call('HGET', prefix .. K.session, 'sessionId') or ''
  local legs = redis.call('HGETALL', prefix .. K.legs)
  if ARGV[3] ~= '' and sessionId ~= ARGV[3] then return { '', {} } end
  if sessionId == '' and redis.call('HGET', room, 'endedAtMs') ~= '0' then return { '', {} } end
  forget(prefix, true, ARGV[2])
  forget_tickets(prefix)
  redis.call('HSET', room, 'endedAtMs', now)
  return { sessionId, legs }
`,
  { isIdempotent: true },
);

/**
 * Ends the meeting for everyone, until its owner starts it again.
 *
 * @param only - Does nothing when another session runs.
 * @returns what to close in LiveKit.
 */
export async function storeEnd(code: RoomCode, nowMs: number, only?: SessionId): Promise<Ended> {
  return parseEnded(await END([keys.prefix(code)], [nowMs, TTL_MS.endedTab, only ?? ""]));
}

// ARGV: 1 now, 2 SessionId
const FORGET = defineScript(
  `${SESSION_LUA}
  local prefix, now = KEYS[1], ARGV[1]
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= ARGV[2] then return 0 end
  if redis.call('ZCOUNT', prefix .. K.seats, '(' .. now, '+inf') > 0 then return 0 end
  forget(prefix, false, 0)
  return 1
`,
  { isIdempotent: true },
);

/** @returns false when it is not the current session, or a seat in it is held. */
export async function storeForget(code: RoomCode, sessionId: SessionId, nowMs: number): Promise<boolean> {
  return (await FORGET([keys.prefix(code)], [nowMs, sessionId])) === 1;
}

/** @returns whether this tab was in the meeting when a host ended it, up to an hour ago. @throws AppError `unavailable` */
export async function wasInsideAtEnd(code: RoomCode, device: DeviceId): Promise<boolean> {
  return (await orUnavailable(redis().sismember(keys.ofRoom("endedTabs", code), device))) === 1;
}

// KEYS: 1 prefix, 2 index of the owner. ARGV: 1 code. Deleting a room twice succeeds.
const DELETE = defineScript(
  `${SESSION_LUA}${FORGET_TICKETS}
  local prefix = KEYS[1]
  local sessionId = redis.call('HGET', prefix .. K.session, 'sessionId') or ''
  local legs = redis.call('HGETALL', prefix .. K.legs)
  forget(prefix, false, 0)
  forget_tickets(prefix)
  for _, name in ipairs(ROOM_KEYS) do redis.call('DEL', prefix .. name) end
  redis.call('ZREM', KEYS[2], ARGV[1])
  return { sessionId, legs }
`,
  { isIdempotent: true },
);

/** Deletes the room and all its data. @returns what to close in LiveKit. */
export async function storeDeletion(room: Pick<Room, "code" | "ownerId">): Promise<Ended> {
  return parseEnded(await DELETE([keys.prefix(room.code), keys.roomsOf(room.ownerId)], [room.code]));
}

function parseEnded(answer: ScriptAnswer): Ended {
  const [sessionId, legs] = Array.isArray(answer) ? answer : [];
  return { sessionId: sessionId ? String(sessionId) : undefined, legs: parseLegs(toRecord(legs)) };
}
