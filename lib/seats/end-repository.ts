import "server-only";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord } from "#lib/redis/script.ts";
import type { Room } from "#lib/rooms/room.ts";
import { parseLegs } from "./place-fields.ts";
import { SESSION_LUA } from "./session-lua.ts";
import type { Leg } from "./seat.ts";

/** What there was in LiveKit of a session that is over. */
export type Ended = { sessionId: string | undefined; legs: readonly Leg[] };

/** Lua: whoever waits is told that the meeting is over. */
const REFUSE_WAITING = `
local function refuse_waiting(prefix, code, now)
  for _, id in ipairs(redis.call('ZRANGE', prefix .. 'queue', 0, -1)) do settle(prefix, id, 'refused', code, now) end
  redis.call('DEL', prefix .. 'queue', prefix .. 'lapses')
end
`;

// ARGV: 1 now, 2 lifetime of an ended seat. Ending what is not running marks it as ended all the same.
const END = defineScript(
  `${SESSION_LUA}${REFUSE_WAITING}
  local prefix, now = KEYS[1], ARGV[1]
  local room = prefix .. 'room'
  if redis.call('EXISTS', room) == 0 then return { '', {} } end
  local sessionId = redis.call('HGET', prefix .. 'session', 'sessionId') or ''
  local legs = redis.call('HGETALL', prefix .. 'legs')
  if sessionId == '' and redis.call('HGET', room, 'endedAtMs') ~= '0' then return { '', {} } end
  forget(prefix, 'ended', ARGV[2])
  refuse_waiting(prefix, 'room_ended', now)
  redis.call('HSET', room, 'endedAtMs', now)
  return { sessionId, legs }
`,
  { isIdempotent: true },
);

/** Ends the meeting for all, until its owner starts it anew. @returns what is to be closed in LiveKit. */
export async function storeEnd(code: RoomCode, nowMs: number): Promise<Ended> {
  return parseEnded(await END([keys.prefix(code)], [nowMs, TTL_MS.endedSeat]));
}

// ARGV: 1 now, 2 SessionId
const FORGET = defineScript(
  `${SESSION_LUA}
  local prefix, now = KEYS[1], ARGV[1]
  if redis.call('HGET', prefix .. 'session', 'sessionId') ~= ARGV[2] then return 0 end
  if redis.call('ZCOUNT', prefix .. 'seats', '(' .. now, '+inf') > 0 then return 0 end
  forget(prefix, '', 0)
  return 1
`,
  { isIdempotent: true },
);

/** @returns false when it is not the current session, or somebody holds a seat in it. */
export async function storeForget(code: RoomCode, sessionId: SessionId, nowMs: number): Promise<boolean> {
  return (await FORGET([keys.prefix(code)], [nowMs, sessionId])) === 1;
}

// KEYS: 1 prefix, 2 index of the owner. ARGV: 1 code. The same room, deleted twice, is deleted.
const DELETE = defineScript(
  `${SESSION_LUA}
  local prefix = KEYS[1]
  local sessionId = redis.call('HGET', prefix .. 'session', 'sessionId') or ''
  local legs = redis.call('HGETALL', prefix .. 'legs')
  forget(prefix, '', 0)
  local tickets = redis.call('HGETALL', prefix .. 'tickets')
  for i = 1, #tickets, 2 do forget_ticket(prefix, tickets[i], tickets[i + 1]) end
  for _, name in ipairs({'room', 'bans', 'banned-addresses', 'queue', 'lapses', 'stale', 'tickets', 'lobby'}) do redis.call('DEL', prefix .. name) end
  redis.call('ZREM', KEYS[2], ARGV[1])
  return { sessionId, legs }
`,
  { isIdempotent: true },
);

/** Deletes the room and all that is known of it. @returns what is to be closed in LiveKit. */
export async function storeDeletion(room: Pick<Room, "code" | "ownerId">): Promise<Ended> {
  return parseEnded(await DELETE([keys.prefix(room.code), keys.roomsOf(room.ownerId)], [room.code]));
}

function parseEnded(answer: ScriptAnswer): Ended {
  const [sessionId, legs] = Array.isArray(answer) ? answer : [];
  return { sessionId: sessionId ? String(sessionId) : undefined, legs: parseLegs(toRecord(legs)) };
}
