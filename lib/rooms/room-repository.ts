import "server-only";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { type AccountId, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript } from "#lib/redis/script.ts";
import { roomFields } from "./room-fields.ts";
import { type MyRoom, RoomAccessSchema } from "./room-schema.ts";
import { LINK_LIFETIME_MS, type Room } from "./room.ts";

// KEYS: 1 room, 2 index, 3 account of the owner. ARGV: 1 code, 2 now, 3 lifetime of the room, 4 lifetime of the index, 5 rooms
// that an account may have by default, 6 and 7 what comes before and after a code in a room's keys, 8… fields.
// Never repeated: a second run could not distinguish its own room from another account's.
const OPEN = defineScript(
  `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 'taken' end
  local own = redis.call('HMGET', KEYS[3], 'blockedAtMs', 'rooms', 'people')
  if own[1] then return 'blocked' end
  local most = tonumber(own[2] or ARGV[5])
  if redis.call('ZCARD', KEYS[2]) >= most then
    for _, code in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
      local expires = redis.call('HGET', ARGV[6] .. code .. ARGV[7] .. K.room, 'expiresAtMs')
      if not expires or tonumber(expires) <= tonumber(ARGV[2]) then redis.call('ZREM', KEYS[2], code) end
    end
    if redis.call('ZCARD', KEYS[2]) >= most then return 'limit' end
  end
  redis.call('HSET', KEYS[1], unpack(ARGV, 8))
  if own[3] then redis.call('HSET', KEYS[1], 'maxParticipants', own[3]) end
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
  return 'ok'
`,
  { isIdempotent: false },
);

/**
 * @param maxRooms - How many an account may have, unless it has a limit of its own.
 * @returns false when the code is taken.
 * @throws AppError `rooms_limit`, `host_blocked`, `unavailable`
 */
export async function storeRoom(room: Room, maxRooms: number): Promise<boolean> {
  const lifetime = LINK_LIFETIME_MS + TTL_MS.expiredRoom;
  const lifetimes = [lifetime, LINK_LIFETIME_MS];
  const args = [room.code, room.createdAtMs, ...lifetimes, maxRooms, ...keys.aroundCode, ...roomFields(room)];
  const outcome = await OPEN(
    [keys.ofRoom("room", room.code), keys.roomsOf(room.ownerId), keys.account(room.ownerId)],
    args,
  );
  if (outcome === "limit") throw new AppError("rooms_limit");
  if (outcome === "blocked") throw new AppError("host_blocked");
  return outcome === "ok";
}

// KEYS: 1 index. ARGV: 1 now, 2 what comes before and 3 after a code in a room's keys, 4 how many at most.
// Codes whose room is gone or expired are removed from the index.
const LIST = defineScript(
  `
  local now, found = tonumber(ARGV[1]), {}
  for _, code in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, tonumber(ARGV[4]) - 1)) do
    local prefix = ARGV[2] .. code .. ARGV[3]
    local room = redis.call('HMGET', prefix .. K.room, 'title', 'access', 'createdAtMs', 'expiresAtMs')
    if not room[4] or tonumber(room[4]) <= now then
      redis.call('ZREM', KEYS[1], code)
    else
      local inside = redis.call('ZCOUNT', prefix .. K.seats, '(' .. ARGV[1], '+inf')
      local waiting = redis.call('ZCOUNT', prefix .. K.lapses, '(' .. ARGV[1], '+inf')
      found[#found + 1] = { code, room[1] or '', room[2] or '', room[3] or '0', room[4], inside, waiting }
    end
  end
  return found
`,
  { isIdempotent: true },
);

const count = z.coerce.number().int().nonnegative();
const Row = z.tuple([RoomCode, z.string(), RoomAccessSchema, count, count, count, count]);

/** The newest rooms of an account, newest first. */
export async function listRooms(owner: AccountId, atMost: number, nowMs: number): Promise<MyRoom[]> {
  const rows = await LIST([keys.roomsOf(owner)], [nowMs, ...keys.aroundCode, atMost]);
  return Array.isArray(rows) ? rows.flatMap(parseRow) : [];
}

function parseRow(row: ScriptAnswer): MyRoom[] {
  const parsed = Row.safeParse(row);
  if (!parsed.success) return [];
  const [code, title, access, createdAtMs, expiresAtMs, insideCount, waitingCount] = parsed.data;
  return [{ code, title, access, createdAtMs, expiresAtMs, isLive: insideCount > 0, insideCount, waitingCount }];
}
