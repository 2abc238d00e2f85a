import "server-only";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, orUnavailable, toRecord } from "#lib/redis/script.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { LEGS_LUA } from "./leg-lua.ts";
import { byAge } from "./leg-name.ts";
import { MOST_LEGS } from "./placement.ts";

/** How many closed legs are remembered, so that participants who are removed later are disconnected from them too. */
const CLOSED_KEPT = 4;

// ARGV: 1 session, 2 leg, 3 site, 4 LiveKit room, 5 most living, 6 lifetime, 7 dead legs, comma-separated, 8… legs to forget
const ADD = defineScript(
  `
  local prefix, leg = KEYS[1], ARGV[2]
  ${LEGS_LUA}
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= ARGV[1] then return { 'over' } end
  local fresh = ARGV[3] .. '|' .. ARGV[4] .. '|live'
  local known = redis.call('HGET', prefix .. K.legs, leg)
  if known then return { known == fresh and 'added' or 'taken', redis.call('HGETALL', prefix .. K.legs) } end
  local living = 0
  for _, one in ipairs(read_legs()) do
    local isDead = string.find(ARGV[7], ',' .. one.leg .. ',', 1, true)
    if one.isLive and not isDead then
      living = living + 1
      if one.site == ARGV[3] then living = living + tonumber(ARGV[5]) end
    end
  end
  if living >= tonumber(ARGV[5]) then return { 'taken', redis.call('HGETALL', prefix .. K.legs) } end
  for _, one in ipairs(read_legs()) do
    if one.isLive and string.find(ARGV[7], ',' .. one.leg .. ',', 1, true) then shut(one) end
  end
  for i = 8, #ARGV do
    local old = redis.call('HGET', prefix .. K.legs, ARGV[i])
    if old and string.sub(old, -7) == '|closed' then redis.call('HDEL', prefix .. K.legs, ARGV[i]) end
  end
  redis.call('HSET', prefix .. K.legs, leg, fresh)
  redis.call('PEXPIRE', prefix .. K.legs, ARGV[6])
  return { 'added', redis.call('HGETALL', prefix .. K.legs) }
`,
  { isIdempotent: true },
);

/** Whether the change was made, and the legs after it; no legs when the session is over. */
export type LegChange = { isChange: boolean; legs: readonly Leg[] };

/**
 * Adds a leg whose LiveKit room exists, and closes dead legs in the same step. A site carries one leg of a session, a session
 * at most three; a second caller changes nothing.
 *
 * @param before - The session's legs as they were read.
 * @throws AppError `unavailable`
 */
export async function storeLeg(
  code: RoomCode,
  sessionId: SessionId,
  added: Omit<Leg, "state">,
  before: readonly Leg[],
  dead: readonly Leg[] = [],
): Promise<LegChange> {
  const closed = before.filter(({ state }) => state === "closed").toSorted(byAge);
  const forgotten = closed.slice(0, -CLOSED_KEPT).map(({ leg }) => leg);
  const gone = `,${dead.map(({ leg }) => leg).join(",")},`;
  const { leg, site, room } = added;
  const args = [sessionId, leg, site, room, MOST_LEGS, TTL_MS.session, gone, ...forgotten];
  return readChange(await ADD([keys.prefix(code)], args), "added");
}

// ARGV: 1 session, 2 leg
const CLOSE = defineScript(
  `
  local prefix = KEYS[1]
  ${LEGS_LUA}
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= ARGV[1] then return { 'over' } end
  local found, others = nil, 0
  for _, one in ipairs(read_legs()) do
    if one.isLive and one.leg == ARGV[2] then found = one elseif one.isLive then others = others + 1 end
  end
  local status = not found and 'same' or others == 0 and 'last' or 'closed'
  if status == 'closed' then shut(found) end
  return { status, redis.call('HGETALL', prefix .. K.legs) }
`,
  // A repeated run finds the leg closed and answers "same". No nudge is sent then: participants learn of it from the heartbeat,
  // which asks for legs anyway.
  { isIdempotent: true },
);

/**
 * Closes a leg, unless it is the last living one: a wrong report about one server must not end a meeting. Participants on a
 * closed leg stay connected until they have moved; it is not handed out any more.
 *
 * @throws AppError `unavailable`
 */
export async function storeClosed(code: RoomCode, sessionId: SessionId, leg: string): Promise<LegChange> {
  return readChange(await CLOSE([keys.prefix(code)], [sessionId, leg]), "closed");
}

/** @returns false when another process is already checking this leg. @throws AppError `unavailable` */
export async function claimLook({ room }: Pick<Leg, "room">): Promise<boolean> {
  return (await orUnavailable(redis().set(keys.legLook(room), "1", { nx: true, px: TTL_MS.legLook }))) !== null;
}

function readChange(answer: ScriptAnswer, wanted: string): LegChange {
  const [status, legs] = Array.isArray(answer) ? answer : [];
  return { isChange: status === wanted, legs: parseLegs(toRecord(legs)) };
}

// ARGV: 1 session, 2 now. Gives { legs, { identity, home leg, … } of all seats that count, most participants }.
const READ = defineScript(
  `
  local prefix, homes = KEYS[1], {}
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= ARGV[1] then return {} end
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.seats, '(' .. ARGV[2], '+inf')) do
    homes[#homes + 1] = identity
    homes[#homes + 1] = redis.call('HGET', prefix .. K.seat .. identity, 'homeLeg') or ''
  end
  return { redis.call('HGETALL', prefix .. K.legs), homes, redis.call('HGET', prefix .. K.room, 'maxParticipants') }
`,
  { isIdempotent: true },
);

/** The legs of a session, each participant's home leg by identity, and how many participants it can have. */
export type SessionLegs = { legs: readonly Leg[]; homes: ReadonlyMap<string, string>; maxParticipants: number };

/** Empty once the session is over. @throws AppError `unavailable` */
export async function readLegs(code: RoomCode, sessionId: SessionId, nowMs: number): Promise<SessionLegs> {
  const answer = await READ([keys.prefix(code)], [sessionId, nowMs]);
  const [legs, homes, most] = Array.isArray(answer) ? answer : [];
  const maxParticipants = Number(most ?? 0);
  return { legs: parseLegs(toRecord(legs)), homes: new Map(Object.entries(toRecord(homes))), maxParticipants };
}
