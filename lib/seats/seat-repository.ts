import "server-only";
import type { Identity, PersonKey, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";
import { RoleSchema } from "#lib/rooms/room-schema.ts";
import type { Role } from "#lib/rooms/room.ts";
import { HOLD_LUA } from "./hold-lua.ts";
import { parsePlace } from "./place-repository.ts";
import { PLACE_LUA } from "./place-lua.ts";
import { SESSION_LUA } from "./session-lua.ts";
import type { Place } from "./seat.ts";

const READ = defineScript(`${PLACE_LUA} return place(KEYS[1], ARGV[1], ARGV[2])`, { isIdempotent: true });

/**
 * Everything a decision about one person in one room needs, in one step.
 *
 * @param personKey - Undefined for somebody unknown: the room alone is read.
 * @returns undefined when there is no such room.
 * @throws AppError `unavailable`
 */
export async function readPlace(
  code: RoomCode,
  personKey: PersonKey | undefined,
  nowMs: number,
): Promise<Place | undefined> {
  return parsePlace(await READ([keys.prefix(code)], [personKey ?? "", nowMs]), personKey);
}

// ARGV: 1 identity, 2 now, 3 hold. Renews a seat that is not removed, and answers the person's role.
const RENEW = defineScript(
  `${HOLD_LUA}
  local prefix, identity, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
  local key = prefix .. 'seat:' .. identity
  local seat = redis.call('HMGET', key, 'status', 'personKey')
  if not seat[1] or seat[1] == 'removed' then return '' end
  local refusal, role = hold(prefix, identity, seat[2], now, now + tonumber(ARGV[3]))
  if refusal then return '' end
  redis.call('HSET', key, 'status', 'present')
  keep_session(prefix, now)
  return role
`,
  { isIdempotent: true },
);

/** @returns the person's role now; undefined when the seat was removed meanwhile, or lapsed and there is no room for it. */
export async function renewSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<Role | undefined> {
  return RoleSchema.safeParse(await RENEW([keys.prefix(code)], [identity, nowMs, TTL_MS.seatPresent])).data;
}

// ARGV: 1 identity, 2 now, 3 hold
const RECLAIM = defineScript(
  `${HOLD_LUA}
  local prefix, identity, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
  local seat = redis.call('HMGET', prefix .. 'seat:' .. identity, 'status', 'personKey')
  if not seat[1] or seat[1] == 'removed' then return 0 end
  return hold(prefix, identity, seat[2], now, now + tonumber(ARGV[3])) and 0 or 1
`,
  { isIdempotent: true },
);

/** Asks a lapsed seat back for someone who is about to connect. @returns false when there is no room for it any more. */
export async function reclaimSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<boolean> {
  return (await RECLAIM([keys.prefix(code)], [identity, nowMs, TTL_MS.seatReserved])) === 1;
}

// ARGV: 1 identity, 2 now. What is left of the seat says why it is none any more.
const FREE = defineScript(
  `${SESSION_LUA}
  local prefix, identity = KEYS[1], ARGV[1]
  local seat = prefix .. 'seat:' .. identity
  local status = redis.call('HGET', seat, 'status')
  if status and status ~= 'removed' then
    redis.call('HSET', seat, 'status', 'removed', 'reason', 'left', 'handRaisedAtMs', 0)
  end
  redis.call('ZREM', prefix .. 'seats', identity)
  redis.call('ZREM', prefix .. 'hosts', identity)
  return keep_session(prefix, tonumber(ARGV[2])) == 0 and 1 or 0
`,
  { isIdempotent: true },
);

/** Frees the seat of a participant who leaves. @returns whether the session is over with it, and forgotten. */
export async function freeSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<boolean> {
  return (await FREE([keys.prefix(code)], [identity, nowMs])) === 1;
}
