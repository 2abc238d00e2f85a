import "server-only";
import { z } from "zod";
import type { RoomCode, SessionId } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { defineScript, toRecord } from "#lib/redis/script.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { SESSION_LUA } from "#lib/seats/session-lua.ts";
import { LEGS_LUA } from "./leg-lua.ts";

// ARGV: 1 session, 2 leg, 3 now, 4 how long a lost seat is kept, 5 LiveKit's time of the event.
// Two legs of a deserted meeting can finish in the same moment. So one step both closes a leg and finds out whether it was the
// last.
const FINISH = defineScript(
  `${SESSION_LUA}
  local prefix, now = KEYS[1], tonumber(ARGV[3])
  ${LEGS_LUA}
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= ARGV[1] then return { 'over', {} } end
  local found, others = nil, 0
  for _, one in ipairs(read_legs()) do
    if one.isLive and one.leg == ARGV[2] then found = one elseif one.isLive then others = others + 1 end
  end
  if not found then return { 'same', redis.call('HGETALL', prefix .. K.legs) } end

  -- A finished room is empty, even if LiveKit's report of a departure was lost.
  local function lose_connection(identity)
    local seat, field = prefix .. K.seat .. identity, 'link:' .. ARGV[2]
    local joinedAt = string.match(redis.call('HGET', seat, field) or '', '^(%d+)|on$')
    if not joinedAt or tonumber(joinedAt) > tonumber(ARGV[5]) then return end
    redis.call('HSET', seat, field, joinedAt .. '|off')
    local isElsewhere = has_connection(prefix, identity, redis.call('HGETALL', prefix .. K.legs))
    if isElsewhere or redis.call('HGET', seat, 'status') ~= 'present' then return end
    redis.call('HSET', seat, 'status', 'away')
    local untilMs = math.min(now + tonumber(ARGV[4]), tonumber(redis.call('ZSCORE', prefix .. K.seats, identity)))
    redis.call('ZADD', prefix .. K.seats, untilMs, identity)
    redis.call('ZADD', prefix .. K.hosts, 'XX', untilMs, identity)
  end
  for _, identity in ipairs(redis.call('ZRANGE', prefix .. K.seats, 0, -1)) do lose_connection(identity) end

  if others > 0 then shut(found) end
  local legs = redis.call('HGETALL', prefix .. K.legs)
  if keep_session(prefix, now) == 0 then return { 'forgotten', legs } end
  return { others > 0 and 'closed' or 'last', legs }
`,
  { isIdempotent: true },
);

/**
 * `closed`: the meeting has one leg less. `last`: it was the only leg, and seats still count. `forgotten`: no seat counts, so
 * the session was deleted. `same`: the leg was closed before. `over`: the session was deleted before.
 */
const FinishStatus = z.enum(["closed", "last", "forgotten", "same", "over"]);

export type FinishedLeg = { status: z.infer<typeof FinishStatus>; legs: readonly Leg[] };

/**
 * Stores that LiveKit closed the room of a leg, and deletes the session when none of its seats counts any more.
 *
 * @param finishedAtMs - LiveKit's time of the event.
 * @throws AppError `unavailable`
 */
export async function storeFinished(
  { code, sessionId, leg }: { code: RoomCode; sessionId: SessionId; leg: string },
  finishedAtMs: number,
  nowMs: number,
): Promise<FinishedLeg> {
  const args = [sessionId, leg, nowMs, TTL_MS.seatReserved, finishedAtMs];
  const answer = await FINISH([keys.prefix(code)], args);
  const [status, legs] = Array.isArray(answer) ? answer : [];
  return { status: FinishStatus.parse(status), legs: parseLegs(toRecord(legs)) };
}
