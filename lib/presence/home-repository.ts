import "server-only";
import { AppError } from "#lib/errors.ts";
import type { Identity } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { defineScript, toRecord } from "#lib/redis/script.ts";
import type { Meeting } from "#lib/regions/leg-service.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import type { Leg } from "#lib/seats/seat.ts";
import { ENTITLEMENT_LUA } from "./entitlement-lua.ts";
import { type Entitled, parseEntitled } from "./entitlement-repository.ts";

// ARGV: 1 session, 2 identity, 3 leg, 4 `1` when the old home is lost, 5 now
const MOVE = defineScript(
  `${ENTITLEMENT_LUA}
  local prefix, session, identity, leg = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= session then return { 'not_inside' } end
  if string.sub(redis.call('HGET', prefix .. K.legs, leg) or '', -5) ~= '|live' then return { 'leg_gone' } end
  local verdict, before = entitlement(prefix, session, leg, identity)
  if verdict ~= 'ok' then return { 'not_inside' } end
  local seat = prefix .. K.seat .. identity
  if before[4] ~= leg then
    redis.call('HSET', seat, 'homeLeg', leg, 'homeWas', ARGV[4] == '1' and '' or before[4], 'homeSinceMs', ARGV[5])
    redis.call('HSETNX', seat, 'homeCount', 1)
    redis.call('HINCRBY', seat, 'homeCount', 1)
  end
  local _, facts = entitlement(prefix, session, leg, identity)
  return { 'ok', facts, redis.call('HGETALL', prefix .. K.legs) }
`,
  { isIdempotent: true },
);

/**
 * Makes a live leg the home leg of an entitled participant. Repeating it changes nothing.
 *
 * @param isLost - The old home leg is unreachable, so it gives no more rights to publish.
 * @returns the participant's rights, and the legs that LiveKit must update.
 * @throws AppError `leg_gone`, `not_inside`, `unavailable`
 */
export async function storeHome(
  { code, sessionId }: Meeting,
  identity: Identity,
  leg: string,
  isLost: boolean,
  nowMs: number,
): Promise<{ entitled: Entitled; legs: readonly Leg[] }> {
  const answer = await MOVE([keys.prefix(code)], [sessionId, identity, leg, isLost ? 1 : 0, nowMs]);
  const [status, facts, legs] = Array.isArray(answer) ? answer : [];
  if (status === "leg_gone") throw new AppError("leg_gone");
  const entitled = parseEntitled(facts);
  if (status !== "ok" || !entitled) throw new AppError("not_inside");
  return { entitled, legs: parseLegs(toRecord(legs)) };
}
