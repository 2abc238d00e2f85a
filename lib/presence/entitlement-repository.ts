import "server-only";
import { z } from "zod";
import { Identity, RoomCode, type SessionId } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { type ScriptAnswer, defineScript, orUnavailable } from "#lib/redis/script.ts";
import { RoleSchema } from "#lib/rooms/room-schema.ts";
import { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import type { Role, SourceLocks } from "#lib/rooms/room.ts";
import { parseServiceGrant } from "#lib/seats/service-grant.ts";
import type { ServiceGrant } from "#lib/seats/seat.ts";
import { ENTITLEMENT_LUA } from "./entitlement-lua.ts";

/** A participant with a right to be in the meeting, and their rights. */
export type Entitled = {
  identity: Identity;
  isOwner: boolean;
  role: Role;
  homeLeg: string;
  /** How many home legs the seat has had. */
  homeCount: number;
  /** The leg it is moving away from; empty when that leg was lost. */
  homeWas: string;
  homeSinceMs: number;
  muteAllAtMs: number;
  locks: SourceLocks;
  kind: ParticipantKind;
  /** Of a service. */
  grant: ServiceGrant | undefined;
};

/** Whether others must not see this participant. */
export function isHiddenService({ grant }: Pick<Entitled, "grant">): boolean {
  return grant?.isHidden === true;
}

/** A LiveKit participant on one leg. */
export type Connection = { sessionId: SessionId; leg: string; identity: string };

/** A service without a readable grant, or a seat without a readable kind, gives no right to be here. */
const SeatKind = z.tuple([z.string(), z.string(), z.string()]).transform(([text, isHidden, sources], context) => {
  const kind = ParticipantKind.safeParse(text).data;
  const grant = kind === "service" ? parseServiceGrant({ isHidden, sources }) : undefined;
  if (kind && (grant || kind !== "service")) return { kind, grant };
  context.addIssue({ code: "custom", message: "is no kind of seat" });
  return z.NEVER;
});

const bit = z.unknown().transform((value) => value === "1");
const Fields = z.tuple([
  Identity,
  z.string().transform((text) => text === "1"),
  RoleSchema,
  z.string(),
  z.coerce.number(),
  z.tuple([bit, bit, bit]),
  z.tuple([z.coerce.number(), z.string(), z.coerce.number()]),
  SeatKind,
]);

/** @returns undefined for an unknown session, which should have no LiveKit room. */
export async function findRoomOf(sessionId: SessionId): Promise<RoomCode | undefined> {
  return RoomCode.safeParse(await orUnavailable(redis().get<string>(keys.sessionCode(sessionId)))).data;
}

// ARGV: 1 session 2 leg 3 now 4 hold 5… identities
const READ = defineScript(
  `${ENTITLEMENT_LUA}
  local found = {}
  local now = tonumber(ARGV[3])
  for i = 5, #ARGV do
    local verdict, facts = entitled_here(KEYS[1], ARGV[1], ARGV[2], ARGV[i], now, now + tonumber(ARGV[4]))
    found[#found + 1] = verdict == 'ok' and facts or 0
  end
  return found
`,
  { isIdempotent: true },
);

/**
 * Who of these is entitled to be on this leg, by identity; others are missing from the answer. All of them connect or are connected,
 * so each holds a seat from here on, and there are never more of them than the room has seats.
 */
export async function readEntitled(
  code: RoomCode,
  { sessionId, leg }: Omit<Connection, "identity">,
  identities: readonly string[],
  nowMs: number,
): Promise<Map<string, Entitled>> {
  const answer = await READ([keys.prefix(code)], [sessionId, leg, nowMs, TTL_MS.seatReserved, ...identities]);
  const entitled = (Array.isArray(answer) ? answer : []).flatMap((facts) => parseEntitled(facts) ?? []);
  return new Map(entitled.map((one) => [one.identity, one]));
}

/**
 * Lua for the connections of a seat, one per leg: the field `link:<leg>` is `<joined at>|on` or `…|off`.
 *
 * Events arrive twice, late and in any order. LiveKit's join time orders them, and a connection that has ended stays ended.
 * `note_link` returns whether the event was new.
 */
const LINK_LUA = `
local function link_of(seat, leg)
  local at, state = string.match(redis.call('HGET', seat, 'link:' .. leg) or '', '^(%d+)|(%a+)$')
  return tonumber(at or '0'), state
end

local function note_link(seat, leg, joined_at, state)
  local known, was = link_of(seat, leg)
  local isNews = joined_at > known or (joined_at == known and state == 'off' and was == 'on')
  if isNews then redis.call('HSET', seat, 'link:' .. leg, string.format('%.0f', joined_at) .. '|' .. state) end
  return isNews
end

-- Whether the participant is connected to any live leg.
local function is_linked(prefix, seat)
  local legs = redis.call('HGETALL', prefix .. K.legs)
  for i = 1, #legs, 2 do
    local _, state = link_of(seat, legs[i])
    if state == 'on' and string.sub(legs[i + 1], -5) == '|live' then return true end
  end
  return false
end
`;

// Keeps the seat of a participant who joined their home leg; on other legs the connection is only recorded.
// ARGV: 1 session 2 leg 3 identity 4 sid 5 joined at 6 now 7 hold 8 hold of a participant who only watches here
const JOIN = defineScript(
  `${ENTITLEMENT_LUA}${LINK_LUA}
  local prefix, identity, now = KEYS[1], ARGV[3], tonumber(ARGV[6])
  local verdict, facts = entitled_here(prefix, ARGV[1], ARGV[2], identity, now, now + tonumber(ARGV[8]))
  if verdict ~= 'ok' then return { verdict } end
  local seat = prefix .. K.seat .. identity
  local isNews = note_link(seat, ARGV[2], tonumber(ARGV[5]), 'on')
  if not isNews or facts[4] ~= ARGV[2] then return { 'ok', facts } end
  redis.call('HSET', seat, 'sid', ARGV[4], 'status', 'present')
  if facts[8][1] == 'service' then return { 'ok', facts } end
  hold(prefix, identity, redis.call('HGET', seat, 'personKey'), now, now + tonumber(ARGV[7]))
  if facts[3] == 'host' then
    redis.call('HSET', prefix .. K.session, 'hadHost', 1)
    redis.call('HDEL', prefix .. K.session, 'hostGoneSinceMs')
  end
  return { 'ok', facts }
`,
  { isIdempotent: true },
);

/** A webhook event about one connection. `joinedAtMs` is LiveKit's own time. */
export type Report = Connection & { sid: string; joinedAtMs: number };

/** A participant joined. @returns undefined for a participant who is not entitled. */
export async function storeArrival(code: RoomCode, report: Report, nowMs: number): Promise<Entitled | undefined> {
  const { sessionId, leg, identity, sid, joinedAtMs } = report;
  const args = [sessionId, leg, identity, sid, joinedAtMs, nowMs];
  const times = [TTL_MS.seatPresent, TTL_MS.seatReserved];
  const answer = await JOIN([keys.prefix(code)], [...args, ...times]);
  return Array.isArray(answer) ? parseEntitled(answer[1]) : undefined;
}

// ARGV as JOIN. Ignores connections older than the current one, and participants who are connected to another leg.
const LEAVE = defineScript(
  `${ENTITLEMENT_LUA}${LINK_LUA}
  local prefix, identity, now = KEYS[1], ARGV[3], tonumber(ARGV[6])
  local verdict, facts = entitlement(prefix, ARGV[1], ARGV[2], identity)
  if verdict ~= 'ok' then return 0 end
  local seat = prefix .. K.seat .. identity
  if not note_link(seat, ARGV[2], tonumber(ARGV[5]), 'off') then return 0 end
  if facts[4] == ARGV[2] then redis.call('HSET', seat, 'sid', ARGV[4]) end
  local wasThere = facts[4] == ARGV[2] or redis.call('HGET', seat, 'status') == 'present'
  if not wasThere or is_linked(prefix, seat) then return 0 end
  redis.call('HSET', seat, 'status', 'away')
  if facts[3] == 'host' then redis.call('HSETNX', prefix .. K.session, 'hostGoneSinceMs', now) end
  shorten(prefix, identity, now, now + tonumber(ARGV[7]))
  return 1
`,
  { isIdempotent: true },
);

/** A connection ended; after the last one the seat is kept for a minute. @returns false when the participant is still present. */
export async function storeDeparture(code: RoomCode, report: Report, nowMs: number): Promise<boolean> {
  const { sessionId, leg, identity, sid, joinedAtMs } = report;
  const args = [sessionId, leg, identity, sid, joinedAtMs, nowMs, TTL_MS.seatReserved];
  return (await LEAVE([keys.prefix(code)], args)) === 1;
}

/** @returns undefined for a participant who is not entitled. */
export function parseEntitled(answer: ScriptAnswer | undefined): Entitled | undefined {
  const parsed = Fields.safeParse(answer);
  if (!parsed.success) return undefined;
  const [identity, isOwner, role, homeLeg, muteAllAtMs, [microphone, camera, screenShare], home, kind] = parsed.data;
  const [homeCount, homeWas, homeSinceMs] = home;
  const locks = { microphone, camera, screenShare };
  return { identity, isOwner, role, homeLeg, homeCount, homeWas, homeSinceMs, muteAllAtMs, locks, ...kind };
}

/** Lua: whether a guest waits in this session's lobby under this identity, or was admitted and is about to leave it. */
export const WAITING_LUA = `
local function is_waiting(prefix, sessionId, identity)
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= sessionId then return false end
  local id = redis.call('HGET', prefix .. K.lobby, identity)
  local status = id and redis.call('HGET', prefix .. K.ticket .. id, 'status')
  return status == 'waiting' or status == 'admitted'
end
`;

const WAITING = defineScript(`${WAITING_LUA} return is_waiting(KEYS[1], ARGV[1], ARGV[2]) and 1 or 0`, {
  isIdempotent: true,
});

/** Whether a guest waits in this session's lobby under this identity, or was admitted and is about to leave it. */
export async function isWaiting(code: RoomCode, sessionId: SessionId, lobbyIdentity: string): Promise<boolean> {
  return (await WAITING([keys.prefix(code)], [sessionId, lobbyIdentity])) === 1;
}
