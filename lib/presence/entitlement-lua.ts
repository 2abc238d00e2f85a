/**
 * Lua: `entitlement(prefix, session, leg, identity)` gives a verdict and, with `ok`, what `Entitled` says.
 *
 * A seat that lapsed is still a right: presence may have failed to reach us, and nobody is thrown out for that. One that was
 * removed is none.
 */
export const ENTITLEMENT_LUA = `
local function entitlement(prefix, sessionId, leg, identity)
  if redis.call('HGET', prefix .. 'session', 'sessionId') ~= sessionId then return 'over' end
  if redis.call('HEXISTS', prefix .. 'legs', leg) == 0 then return 'over' end
  local seat = redis.call('HMGET', prefix .. 'seat:' .. identity, 'personKey', 'status', 'homeLeg', 'sessionId', 'homeCount', 'homeWas', 'homeSinceMs')
  local person = seat[1]
  if not person then return 'unknown' end
  if seat[2] == 'removed' or (seat[4] and seat[4] ~= sessionId) then return 'removed' end
  local owner = redis.call('HGET', prefix .. 'room', 'ownerId')
  if person ~= owner and redis.call('HEXISTS', prefix .. 'bans', person) == 1 then return 'banned' end
  local entry = redis.call('HGET', prefix .. 'roles', person)
  local role = person == owner and 'host' or (entry == 'host' or entry == 'cohost') and entry or 'participant'
  local muteAllAtMs = redis.call('HGET', prefix .. 'session', 'muteAllAtMs') or '0'
  return 'ok', { identity, person == owner and '1' or '0', role, seat[3], muteAllAtMs,
    redis.call('HMGET', prefix .. 'room', 'lockMicrophone', 'lockCamera', 'lockScreenShare'),
    { seat[5] or '1', seat[6] or '', seat[7] or '0' } }
end
`;
