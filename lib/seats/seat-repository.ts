import "server-only";
import type { Identity, PersonKey, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";
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

// Renews a seat that is not removed; one that lapsed comes back only while there is room. `isHost` keeps the person among those who are nudged.
const RENEW = defineScript(
  `${SESSION_LUA}
  local prefix, identity, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
  local seat = prefix .. 'seat:' .. identity
  local status = redis.call('HGET', seat, 'status')
  if not status or status == 'removed' then return 0 end
  local held = redis.call('ZSCORE', prefix .. 'seats', identity)
  if not held or tonumber(held) <= now then
    local most = tonumber(redis.call('HGET', prefix .. 'room', 'maxParticipants') or '0')
    if redis.call('ZCOUNT', prefix .. 'seats', '(' .. now, '+inf') >= most then return 0 end
  end
  local untilMs = now + tonumber(ARGV[3])
  redis.call('HSET', seat, 'status', 'present')
  redis.call('ZADD', prefix .. 'seats', untilMs, identity)
  redis.call('HSET', prefix .. 'session', 'lastSeenAtMs', now)
  if ARGV[4] == '1' then
    redis.call('ZADD', prefix .. 'hosts', untilMs, identity)
    redis.call('HSET', prefix .. 'session', 'hostSeenAtMs', now)
  else
    redis.call('ZREM', prefix .. 'hosts', identity)
  end
  keep_session(prefix, now, ARGV[5])
  belongs(prefix, 'hosts', ARGV[5])
  return 1
`,
  { isIdempotent: true },
);

/** @returns false when the seat was removed meanwhile, or lapsed and was given away. */
export async function renewSeat(code: RoomCode, identity: Identity, isHost: boolean, nowMs: number): Promise<boolean> {
  const args = [identity, nowMs, TTL_MS.seatPresent, isHost ? 1 : 0, TTL_MS.session];
  return (await RENEW([keys.prefix(code)], args)) === 1;
}

// ARGV: 1 identity, 2 now, 3 lifetime of the session. What is left of the seat says why it is none any more.
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
  return keep_session(prefix, ARGV[2], ARGV[3]) == 0 and 1 or 0
`,
  { isIdempotent: true },
);

/** Frees the seat of a participant who leaves. @returns whether the session is over with it, and forgotten. */
export async function freeSeat(code: RoomCode, identity: Identity, nowMs: number): Promise<boolean> {
  return (await FREE([keys.prefix(code)], [identity, nowMs, TTL_MS.session])) === 1;
}
