import "server-only";
import { AppError } from "#lib/errors.ts";
import type { LobbyIdentity, PersonKey, RoomCode } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { defineScript, toRecord, toTexts } from "#lib/redis/script.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { lookOf } from "#lib/rooms/name-look.ts";
import type { LobbyLink } from "./lobby-link.ts";
import { LOBBY_LUA } from "./lobby-lua.ts";
import { TicketStatus } from "./ticket-fields.ts";
import type { PageState } from "./lobby-schema.ts";
import { RELOAD_MS, SILENCE_LIMIT_MS, type Ticket } from "./ticket.ts";

// ARGV: 1 person, 2 now, 3 name, empty to cancel, 4 `lookOf` the name
const CHANGE = defineScript(
  `${LOBBY_LUA}
  local prefix = KEYS[1]
  purge(prefix, ARGV[2])
  local id = redis.call('HGET', prefix .. K.tickets, ARGV[1])
  local key = id and prefix .. K.ticket .. id
  local status = key and redis.call('HGET', key, 'status')
  if not status then return { '', {} } end
  if status ~= 'waiting' then return { status, {} } end
  if ARGV[3] == '' then
    settle(prefix, id, 'cancelled', '', ARGV[2])
    status = 'cancelled'
  else
    redis.call('HSET', key, 'name', ARGV[3], 'look', ARGV[4])
  end
  return { status, hosts_of(prefix, ARGV[2]) }
`,
  { isIdempotent: true },
);

/** The request's status, and the hosts to notify of a change. */
export type Changed = { status: Ticket["status"]; hosts: string[] };

/**
 * Renames a waiting request.
 *
 * @throws AppError `ticket_unknown`, `unavailable`
 */
export function storeName(code: RoomCode, personKey: PersonKey, name: string, nowMs: number): Promise<Changed> {
  return change(code, personKey, name, nowMs);
}

/**
 * Cancels a waiting request; a decided one stays decided.
 *
 * @throws AppError `ticket_unknown`, `unavailable`
 */
export function storeCancellation(code: RoomCode, personKey: PersonKey, nowMs: number): Promise<Changed> {
  return change(code, personKey, "", nowMs);
}

async function change(code: RoomCode, personKey: PersonKey, name: string, nowMs: number): Promise<Changed> {
  const answer = await CHANGE([keys.prefix(code)], [personKey, nowMs, name, lookOf(name)]);
  const [status, hosts] = Array.isArray(answer) ? answer : [];
  if (!status) throw new AppError("ticket_unknown");
  return { status: TicketStatus.parse(status), hosts: toTexts(hosts) };
}

// ARGV: 1 LobbyIdentity, 2 whether connected, 3 now, 4 silence, 5 how long hosts see a guest who left
const CONNECT = defineScript(
  `${LOBBY_LUA}
  local prefix = KEYS[1]
  purge(prefix, ARGV[3])
  local id = redis.call('HGET', prefix .. K.lobby, ARGV[1])
  local ticket = id and redis.call('HMGET', prefix .. K.ticket .. id, 'status', 'isHidden')
  if not id or ticket[1] ~= 'waiting' then return 0 end
  redis.call('HSET', prefix .. K.ticket .. id, 'isConnected', ARGV[2])
  -- A hidden page loses its connection sooner or later; the guest may still be waiting.
  if ARGV[2] == '1' or ticket[2] == '1' then
    touch(prefix, id, ARGV[3], ARGV[4])
  else
    say_goodbye(prefix, id, ARGV[3], ARGV[4], tonumber(ARGV[5]))
  end
  return { redis.call('HGETALL', prefix .. K.legs), hosts_of(prefix, ARGV[3]) }
`,
  { isIdempotent: true },
);

/** @returns the legs and the hosts to notify; undefined when no guest with that identity waits. */
export async function storeConnected(
  code: RoomCode,
  identity: LobbyIdentity,
  link: LobbyLink,
  nowMs: number,
): Promise<{ legs: Leg[]; hosts: string[] } | undefined> {
  const shownForMs = link === "closed" ? RELOAD_MS : 0;
  const args = [identity, link === "connected" ? 1 : 0, nowMs, SILENCE_LIMIT_MS, shownForMs];
  const answer = await CONNECT([keys.prefix(code)], args);
  if (!Array.isArray(answer)) return undefined;
  return { legs: parseLegs(toRecord(answer[0])), hosts: toTexts(answer[1]) };
}

// ARGV: 1 person, 2 now, 3 silence, 4 state of the page, 5 how long hosts see a guest who left, 6 the browser's time.
// A closing tab reports hidden and gone at almost the same time, in either order.
const PAGE = defineScript(
  `${LOBBY_LUA}
  local prefix = KEYS[1]
  purge(prefix, ARGV[2])
  local id = redis.call('HGET', prefix .. K.tickets, ARGV[1])
  local key = id and prefix .. K.ticket .. id
  if not id or redis.call('HGET', key, 'status') ~= 'waiting' then return {} end
  if tonumber(redis.call('HGET', key, 'pageAtMs') or '0') > tonumber(ARGV[6]) then return {} end
  redis.call('HSET', key, 'isHidden', ARGV[4] == 'hidden' and 1 or 0, 'pageAtMs', ARGV[6])
  if ARGV[4] == 'gone' then
    redis.call('HSET', key, 'isConnected', 0)
    say_goodbye(prefix, id, ARGV[2], ARGV[3], tonumber(ARGV[5]))
  else
    touch(prefix, id, ARGV[2], ARGV[3])
  end
  return hosts_of(prefix, ARGV[2])
`,
  { isIdempotent: true },
);

/** Stores the state of a waiting guest's page. @returns the hosts to notify. @throws AppError `unavailable` */
export async function storePage(
  code: RoomCode,
  personKey: PersonKey,
  { page, atMs }: { page: PageState; atMs: number },
  nowMs: number,
): Promise<string[]> {
  return toTexts(await PAGE([keys.prefix(code)], [personKey, nowMs, SILENCE_LIMIT_MS, page, RELOAD_MS, atMs]));
}
