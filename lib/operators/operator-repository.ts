import "server-only";
import { z } from "zod";
import { AccountId, RoomCode, SessionId } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord } from "#lib/redis/script.ts";
import { OwnLimitsSchema } from "#lib/rooms/host-limits-schema.ts";
import type { HostLimits, OwnLimits } from "#lib/rooms/host-limits.ts";
import type { WantedLimits } from "./operator-schema.ts";

const count = z.coerce.number().int().nonnegative();
const noSession = z.literal("").transform(() => undefined);
const Row = z.tuple([RoomCode, count, count, count, SessionId.or(noSession)]);

/** A room, as listed in an account's use. */
export type UsedRoom = {
  code: RoomCode;
  createdAtMs: number;
  expiresAtMs: number;
  insideCount: number;
  session: SessionId | undefined;
};
export type StoredUse = { blockedAtMs: number | undefined; own: OwnLimits; rooms: UsedRoom[] };

// KEYS: 1 account, 2 index of its rooms. ARGV: 1 now, 2 and 3 what comes before and after a code in a room's keys
const USE = defineScript(
  `
  local found = {}
  for _, code in ipairs(redis.call('ZREVRANGE', KEYS[2], 0, -1)) do
    local prefix = ARGV[2] .. code .. ARGV[3]
    local room = redis.call('HMGET', prefix .. K.room, 'createdAtMs', 'expiresAtMs')
    if room[2] then
      local inside = redis.call('ZCOUNT', prefix .. K.seats, '(' .. ARGV[1], '+inf')
      local session = redis.call('HGET', prefix .. K.session, 'sessionId') or ''
      found[#found + 1] = { code, room[1] or '0', room[2], inside, session }
    end
  end
  return { redis.call('HGETALL', KEYS[1]), found }
`,
  { isIdempotent: true },
);

/** An operator's decisions about an account, and its rooms, newest first. @throws AppError `unavailable` */
export async function readStoredUse(account: AccountId, nowMs: number): Promise<StoredUse> {
  const answer = await USE([keys.account(account), keys.roomsOf(account)], [nowMs, ...keys.aroundCode]);
  const [flat, rows] = Array.isArray(answer) ? answer : [];
  const fields = toRecord(flat);
  return {
    blockedAtMs: fields.blockedAtMs === undefined ? undefined : Number(fields.blockedAtMs),
    own: OwnLimitsSchema.catch({}).parse(fields),
    rooms: Array.isArray(rows) ? rows.flatMap(parseRow) : [],
  };
}

function parseRow(row: ScriptAnswer): UsedRoom[] {
  const parsed = Row.safeParse(row);
  if (!parsed.success) return [];
  const [code, createdAtMs, expiresAtMs, insideCount, session] = parsed.data;
  return [{ code, createdAtMs, expiresAtMs, insideCount, session }];
}

// KEYS: 1 account, 2 index of its rooms. ARGV: 1 lifetime, 2 and 3 what comes before and after a code in a room's keys, 4 and 5
// people and minutes by default, 6 name of a limit, 7 its value or '' for the default, …
const SET = defineScript(
  `
  for i = 6, #ARGV, 2 do
    if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i]) else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  local own = redis.call('HMGET', KEYS[1], 'people', 'minutes')
  local people, minutes = own[1] or ARGV[4], tonumber(own[2] or ARGV[5])
  for _, code in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    local prefix = ARGV[2] .. code .. ARGV[3]
    if redis.call('EXISTS', prefix .. K.room) == 1 then redis.call('HSET', prefix .. K.room, 'maxParticipants', people) end
    local startedAtMs = redis.call('HGET', prefix .. K.session, 'startedAtMs')
    if startedAtMs then
      redis.call('HSET', prefix .. K.session, 'endsAtMs', string.format('%.0f', tonumber(startedAtMs) + minutes * 60000))
    end
  end
  return 1
`,
  { isIdempotent: true },
);

/** Sets an account's limits, also in its rooms and in the meetings running there. @throws AppError `unavailable` */
export async function saveLimits(account: AccountId, wanted: WantedLimits, defaults: HostLimits): Promise<void> {
  const pairs = Object.entries(wanted).flatMap(([name, value]) => [name, value ?? ""]);
  const args = [TTL_MS.account, ...keys.aroundCode, defaults.people, defaults.minutes, ...pairs];
  await SET([keys.account(account), keys.roomsOf(account)], args);
}

const OWNER = defineScript("return redis.call('HGET', KEYS[1], 'ownerId')", { isIdempotent: true });

/** @returns undefined when there is no such room. @throws AppError `unavailable` */
export async function readOwner(code: RoomCode): Promise<AccountId | undefined> {
  return AccountId.safeParse(await OWNER([keys.ofRoom("room", code)], [])).data;
}
