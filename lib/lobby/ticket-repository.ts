import "server-only";
import { AppError } from "#lib/errors.ts";
import type { LobbyIdentity, PersonKey, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript, toRecord } from "#lib/redis/script.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { LOBBY_LUA } from "./lobby-lua.ts";

// ARGV: 1 person, 2 now, 3 name, empty to cancel
const CHANGE = defineScript(
  `${LOBBY_LUA}
  local prefix = KEYS[1]
  purge(prefix, ARGV[2])
  local id = redis.call('HGET', prefix .. 'tickets', ARGV[1])
  local key = id and prefix .. 'ticket:' .. id
  local status = key and redis.call('HGET', key, 'status')
  if not status then return '' end
  if status ~= 'waiting' then return status end
  if ARGV[3] == '' then
    settle(prefix, id, 'cancelled', '')
    return 'cancelled'
  end
  redis.call('HSET', key, 'name', ARGV[3])
  return 'waiting'
`,
  { isIdempotent: true },
);

/**
 * Gives a waiting request another name. @returns what it is now.
 *
 * @throws AppError `ticket_unknown`, `unavailable`
 */
export function storeName(code: RoomCode, personKey: PersonKey, name: string, nowMs: number): Promise<string> {
  return change(code, personKey, name, nowMs);
}

/**
 * Takes a waiting request back; a decided one stays decided. @returns what it is now.
 *
 * @throws AppError `ticket_unknown`, `unavailable`
 */
export function storeCancellation(code: RoomCode, personKey: PersonKey, nowMs: number): Promise<string> {
  return change(code, personKey, "", nowMs);
}

async function change(code: RoomCode, personKey: PersonKey, name: string, nowMs: number): Promise<string> {
  const status = String(await CHANGE([keys.prefix(code)], [personKey, nowMs, name]));
  if (status === "") throw new AppError("ticket_unknown");
  return status;
}

// ARGV: 1 LobbyIdentity, 2 whether connected, 3 now, 4 silence
const CONNECT = defineScript(
  `${LOBBY_LUA}
  local prefix = KEYS[1]
  purge(prefix, ARGV[3])
  local id = redis.call('HGET', prefix .. 'lobby', ARGV[1])
  if not id or redis.call('HGET', prefix .. 'ticket:' .. id, 'status') ~= 'waiting' then return 0 end
  redis.call('HSET', prefix .. 'ticket:' .. id, 'isConnected', ARGV[2])
  touch(prefix, id, ARGV[3], ARGV[4])
  return redis.call('HGETALL', prefix .. 'legs')
`,
  { isIdempotent: true },
);

/** @returns the meeting's legs, to tell its hosts; undefined when nobody of that name waits. */
export async function storeConnected(
  code: RoomCode,
  identity: LobbyIdentity,
  isConnected: boolean,
  nowMs: number,
): Promise<Leg[] | undefined> {
  const args = [identity, isConnected ? 1 : 0, nowMs, TTL_MS.ticketSilence];
  const legs = await CONNECT([keys.prefix(code)], args);
  return legs === 0 ? undefined : parseLegs(toRecord(legs));
}
