import { SESSION_LUA } from "./session-lua.ts";

/**
 * Lua that takes a seat, opening the meeting if there is none. One step, so that the last seat goes to one person and a
 * meeting is opened once.
 *
 * KEYS: 1 prefix, 2 index of the owner's rooms, 3 sessionCode of the session to open.
 * ARGV: 1 JSON of what seat-reservation.ts calls `Wanted`, 2 field, 3 value, … of the seat.
 * Answers `{ "changed" }`, `{ "full" }` or `{ "ok", legs, identities that had to go, home leg, its count }`.
 */
export const RESERVE_LUA = `${SESSION_LUA}
local prefix, want = KEYS[1], cjson.decode(ARGV[1])
local room, session, seats = prefix .. 'room', prefix .. 'session', prefix .. 'seats'
local person, seat = prefix .. 'person:' .. want.person, prefix .. 'seat:' .. want.identity
local now = want.nowMs

local function hasChanged()
  if redis.call('HGET', room, 'rev') ~= want.rev then return true end
  if (redis.call('HGET', session, 'sessionId') or '') ~= want.session then return true end
  if want.ticket ~= '' and redis.call('HGET', prefix .. 'ticket:' .. want.ticket, 'status') ~= 'admitted' then return true end
  local status = redis.call('HGET', seat, 'status')
  if want.isReturning then return not status or status == 'removed' end
  if want.open then return false end
  -- The same tab asked twice at once: the other request gave it a seat.
  local other = redis.call('HGET', person, want.device)
  local otherStatus = other and redis.call('HGET', prefix .. 'seat:' .. other, 'status')
  return otherStatus and otherStatus ~= 'removed'
end

local function open()
  if want.session ~= '' then forget(prefix, false, 0) else forget_rest(prefix) end
  redis.call('HSET', session, 'sessionId', want.open.sessionId, 'startedAtMs', now, 'hostSeenAtMs', now, 'chatSeq', 0)
  for _, one in ipairs(want.open.legs) do
    redis.call('HSET', prefix .. 'legs', one.leg, one.site .. '|' .. one.room .. '|live')
  end
  redis.call('SET', KEYS[3], want.code, 'PX', want.ttl.sessionCode)
  redis.call('HSET', room, 'expiresAtMs', now + want.ttl.link)
  redis.call('PEXPIRE', room, want.ttl.link + want.ttl.expiredRoom)
  redis.call('PEXPIRE', KEYS[2], want.ttl.link)
  if redis.call('HGET', room, 'endedAtMs') ~= '0' then
    redis.call('HSET', room, 'endedAtMs', 0)
    redis.call('HINCRBY', room, 'rev', 1)
  end
end

local function isHeld(identity)
  local untilMs = redis.call('ZSCORE', seats, identity)
  return untilMs and tonumber(untilMs) > now
end

-- The person's other seats, that have to go before this one may be.
local function leaving()
  local found = {}
  if not want.isMove then return found end
  for _, identity in ipairs(redis.call('HVALS', person)) do
    local isOther = identity ~= want.identity and redis.call('HGET', prefix .. 'seat:' .. identity, 'status') ~= 'removed'
    if isOther and redis.call('ZSCORE', seats, identity) then found[#found + 1] = identity end
  end
  return found
end

local function isFull(others)
  if isHeld(want.identity) then return false end
  local held = redis.call('ZCOUNT', seats, '(' .. now, '+inf')
  for _, identity in ipairs(others) do if isHeld(identity) then held = held - 1 end end
  return held >= tonumber(redis.call('HGET', room, 'maxParticipants')) + want.spare
end

local function remove(identity)
  redis.call('HSET', prefix .. 'seat:' .. identity, 'status', 'removed', 'reason', 'moved', 'handRaisedAtMs', 0)
  redis.call('ZREM', seats, identity)
  redis.call('ZREM', prefix .. 'hosts', identity)
end

local function isLive(leg)
  return string.sub(redis.call('HGET', prefix .. 'legs', leg) or '', -5) == '|live'
end

-- Of the legs that are as near as any the one on which the fewest publish, so that servers share a meeting's load.
local function fewest()
  local counts, best = {}, nil
  for _, leg in ipairs(want.homes) do if isLive(leg) then counts[leg] = 0 end end
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', seats, '(' .. now, '+inf')) do
    local leg = redis.call('HGET', prefix .. 'seat:' .. identity, 'homeLeg')
    if identity ~= want.identity and leg and counts[leg] then counts[leg] = counts[leg] + 1 end
  end
  for _, leg in ipairs(want.homes) do
    if counts[leg] and (not best or counts[leg] < counts[best]) then best = leg end
  end
  return best
end

local function settle()
  local current = redis.call('HGET', seat, 'homeLeg') or ''
  if want.isReturning and isLive(current) then return end
  local home = fewest()
  -- All that were chosen closed meanwhile: any other will do, and the browser moves should it be far.
  for _, leg in ipairs(redis.call('HKEYS', prefix .. 'legs')) do
    if not home and isLive(leg) then home = leg end
  end
  if not home or home == current then return end
  redis.call('HSET', seat, 'homeLeg', home, 'homeWas', '', 'homeSinceMs', now)
  redis.call('HSETNX', seat, 'homeCount', 1)
  redis.call('HINCRBY', seat, 'homeCount', 1)
end

local function granted(others)
  local home = redis.call('HMGET', seat, 'homeLeg', 'homeCount')
  return { 'ok', redis.call('HGETALL', prefix .. 'legs'), others, home[1] or '', home[2] or '1' }
end

local function take()
  local fields = {}
  for i = 2, #ARGV do fields[#fields + 1] = ARGV[i] end
  if #fields > 0 then redis.call('HSET', seat, unpack(fields)) end
  settle()
  local untilMs = math.max(now + want.ttl.reserved, tonumber(redis.call('ZSCORE', seats, want.identity) or '0'))
  redis.call('ZADD', seats, untilMs, want.identity)
  redis.call('HSET', person, want.device, want.identity)
  redis.call('HSET', prefix .. 'identities', want.identity, want.person)
  redis.call('HSET', session, 'lastSeenAtMs', now)
  if want.isModerator then
    redis.call('ZADD', prefix .. 'hosts', untilMs, want.identity)
    redis.call('HSET', session, 'hostSeenAtMs', now)
  end
  keep_session(prefix, now, want.ttl.session)
  for _, name in ipairs({'seats', 'identities', 'hosts', 'seat:' .. want.identity, 'person:' .. want.person}) do
    belongs(prefix, name, want.ttl.session)
  end
end

-- The first run of this very request was cut on its way back.
local function isRepeated()
  if want.isReturning or redis.call('HGET', person, want.device) ~= want.identity then return false end
  return redis.call('HGET', seat, 'status') ~= 'removed'
end

local function moved()
  local found = {}
  for _, identity in ipairs(redis.call('HVALS', person)) do
    if redis.call('HGET', prefix .. 'seat:' .. identity, 'reason') == 'moved' then found[#found + 1] = identity end
  end
  return found
end

if isRepeated() then return granted(moved()) end
if hasChanged() then return { 'changed' } end
if want.open then open() end
local others = leaving()
if isFull(others) then return { 'full' } end
for _, identity in ipairs(others) do remove(identity) end
take()
return granted(others)
`;
