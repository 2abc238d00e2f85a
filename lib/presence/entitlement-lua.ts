import { HOLD_LUA } from "#lib/seats/hold-lua.ts";

/** Renews the seat of a connected participant that lapses within this, in milliseconds. The sweep runs every 15 s, and one may fail. */
const SOON_MS = 40_000;

/**
 * Lua: `entitlement(prefix, session, leg, identity)` returns a verdict and, with `ok`, the fields of `Entitled`. A removed seat
 * gives no right. A lapsed seat gives the right to reclaim it.
 *
 * `entitled_here(prefix, session, leg, identity, now, untilMs)` does the same for a participant who connects, or whose connection
 * LiveKit lists, and reclaims the seat. The seat counts at least until `untilMs`. Without room for it the verdict is `full`, or
 * `many` when the person holds too many.
 */
export const ENTITLEMENT_LUA = `${HOLD_LUA}
local function entitlement(prefix, sessionId, leg, identity)
  if redis.call('HGET', prefix .. K.session, 'sessionId') ~= sessionId then return 'over' end
  if redis.call('HEXISTS', prefix .. K.legs, leg) == 0 then return 'over' end
  local seat = redis.call('HMGET', prefix .. K.seat .. identity, 'personKey', 'status', 'homeLeg', 'sessionId', 'homeCount', 'homeWas', 'homeSinceMs', 'kind', 'isHidden', 'sources')
  local person = seat[1]
  if not person then return 'unknown' end
  if seat[2] == 'removed' or (seat[4] and seat[4] ~= sessionId) then return 'removed' end
  local owner = redis.call('HGET', prefix .. K.room, 'ownerId')
  if person ~= owner and redis.call('HEXISTS', prefix .. K.bans, person) == 1 then return 'banned' end
  local muteAllAtMs = redis.call('HGET', prefix .. K.session, 'muteAllAtMs') or '0'
  return 'ok', { identity, person == owner and '1' or '0', role_of(prefix, person), seat[3], muteAllAtMs,
    redis.call('HMGET', prefix .. K.room, 'lockMicrophone', 'lockCamera', 'lockScreenShare'),
    { seat[5] or '1', seat[6] or '', seat[7] or '0' },
    { seat[8] or '', seat[9] or '', seat[10] or '' } }
end

local function entitled_here(prefix, sessionId, leg, identity, now, untilMs)
  local verdict, facts = entitlement(prefix, sessionId, leg, identity)
  -- A service takes no place in the room, so there is none to hold. Its seat ends with the session, or when it is removed.
  if verdict == 'ok' and facts[8][1] == 'service' then return verdict, facts end
  if verdict ~= 'ok' or held_until(prefix, identity) > now + ${SOON_MS} then return verdict, facts end
  local person = redis.call('HGET', prefix .. K.seat .. identity, 'personKey')
  local refusal = hold(prefix, identity, person, now, untilMs)
  return refusal or 'ok', facts
end
`;
