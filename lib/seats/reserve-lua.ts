import { HOLD_LUA } from "./hold-lua.ts";
import { MOST_SEATS } from "./seat.ts";
import { UNUSED_SEATS_LUA } from "./unused-seats-lua.ts";

/**
 * Lua that takes a seat, and opens the meeting if there is none. It is one step, so that only one user gets the last seat and a
 * meeting is opened once.
 *
 * KEYS: 1 prefix, 2 index of the owner's rooms, 3 sessionCode of the session to open, 4 account of the owner.
 * ARGV: 1 JSON of `wanted()` in reservation-repository.ts, 2 field, 3 value, … of the seat.
 * Answers `{ "changed" }`, `{ "full" }`, `{ "blocked" }`, `{ "meetings" }` or `{ "ok", legs, removed identities, home leg, count }`.
 */
export const RESERVE_LUA = `${HOLD_LUA}${UNUSED_SEATS_LUA}
local prefix, want = KEYS[1], cjson.decode(ARGV[1])
local room, session, seats = prefix .. K.room, prefix .. K.session, prefix .. K.seats
local person, seat = prefix .. K.person .. want.person, prefix .. K.seat .. want.identity
local now = want.nowMs
local MOST_TABS_LEFT = 8

local function hasChanged()
  if redis.call('HGET', room, 'rev') ~= want.rev then return true end
  if (redis.call('HGET', session, 'sessionId') or '') ~= want.session then return true end
  if want.ticket ~= '' and redis.call('HGET', prefix .. K.ticket .. want.ticket, 'status') ~= 'admitted' then return true end
  -- The decision relied on a seat on another device, which the person may have left since.
  if want.isInside and #others_held(prefix, want.person, want.identity, now) == 0 then return true end
  local status = redis.call('HGET', seat, 'status')
  if want.isReturning then return not status or status == 'removed' end
  -- A session that was silent long enough to be over may have been joined again since.
  if want.open and want.session == '' then return false end
  if want.open then return redis.call('ZCOUNT', seats, '(' .. string.format('%.0f', now), '+inf') > 0 end
  -- Two concurrent requests of one tab: the other one gave it a seat.
  local other = redis.call('HGET', person, want.device)
  local otherStatus = other and redis.call('HGET', prefix .. K.seat .. other, 'status')
  return otherStatus and otherStatus ~= 'removed'
end

-- Why the owner cannot start a meeting now. Counts the rooms only if there are more of them than allowed meetings.
local function refusal()
  local own = redis.call('HMGET', KEYS[4], 'blockedAtMs', 'meetings')
  if own[1] then return 'blocked' end
  local most, live = tonumber(own[2] or want.limits.meetings), 0
  if redis.call('ZCARD', KEYS[2]) <= most then return nil end
  for _, code in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    local others = want.around[1] .. code .. want.around[2] .. K.seats
    if code ~= want.code and redis.call('ZCOUNT', others, '(' .. string.format('%.0f', now), '+inf') > 0 then live = live + 1 end
  end
  return live >= most and 'meetings' or nil
end

local function open()
  if want.session ~= '' then forget(prefix, false, 0) else forget_rest(prefix) end
  local minutes = tonumber(redis.call('HGET', KEYS[4], 'minutes') or want.limits.minutes)
  redis.call('HSET', session, 'endsAtMs', string.format('%.0f', now + minutes * 60000))
  redis.call('HSET', session, 'sessionId', want.open.sessionId, 'startedAtMs', now, 'hostSeenAtMs', now, 'chatSeq', 0)
  for _, one in ipairs(want.open.legs) do
    redis.call('HSET', prefix .. K.legs, one.leg, one.site .. '|' .. one.room .. '|live')
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

local function isHeld(identity) return held_until(prefix, identity) > now end

local function seatedAt(identity)
  return tonumber(redis.call('HGET', prefix .. K.seat .. identity, 'seatedAtMs') or '0')
end

-- The person's oldest seats, as many as must end to make room for this one.
local function beyondTheMost()
  local held = others_held(prefix, want.person, want.identity, now)
  table.sort(held, function(one, other) return seatedAt(one) < seatedAt(other) end)
  local going = {}
  for i = 1, #held - ${MOST_SEATS} + 1 do going[i] = held[i] end
  return going
end

-- The person's other seats that must end before this one starts.
local function leaving()
  if not want.isMove then return isHeld(want.identity) and {} or beyondTheMost() end
  local found = {}
  for _, identity in ipairs(redis.call('HVALS', person)) do
    local isOther = identity ~= want.identity and redis.call('HGET', prefix .. K.seat .. identity, 'status') ~= 'removed'
    if isOther and redis.call('ZSCORE', seats, identity) then found[#found + 1] = identity end
  end
  return found
end

local function isFull(others)
  if isHeld(want.identity) then return false end
  local going = 0
  for _, identity in ipairs(others) do if isHeld(identity) then going = going + 1 end end
  while not has_room(prefix, want.person, now, going) do
    if not yield_unused(prefix, want.kind, want.address, now) then return true end
  end
  return false
end

local function remove(identity)
  redis.call('HSET', prefix .. K.seat .. identity, 'status', 'removed', 'reason', 'moved', 'handRaisedAtMs', 0)
  redis.call('ZREM', seats, identity)
  redis.call('ZREM', prefix .. K.hosts, identity)
end

local function isLive(leg)
  return string.sub(redis.call('HGET', prefix .. K.legs, leg) or '', -5) == '|live'
end

-- Among the equally near legs, the one with the fewest publishers, so that servers share a meeting's load.
local function fewest()
  local counts, best = {}, nil
  for _, leg in ipairs(want.homes) do if isLive(leg) then counts[leg] = 0 end end
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', seats, '(' .. now, '+inf')) do
    local leg = redis.call('HGET', prefix .. K.seat .. identity, 'homeLeg')
    if identity ~= want.identity and leg and counts[leg] then counts[leg] = counts[leg] + 1 end
  end
  for _, leg in ipairs(want.homes) do
    if counts[leg] and (not best or counts[leg] < counts[best]) then best = leg end
  end
  return best
end

local function settleHome()
  local current = redis.call('HGET', seat, 'homeLeg') or ''
  if want.isReturning and isLive(current) then return end
  local home = fewest()
  -- All chosen legs have closed since. Any other will do; a browser far from it moves later.
  for _, leg in ipairs(redis.call('HKEYS', prefix .. K.legs)) do
    if not home and isLive(leg) then home = leg end
  end
  if not home or home == current then return end
  redis.call('HSET', seat, 'homeLeg', home, 'homeWas', '', 'homeSinceMs', now)
  redis.call('HSETNX', seat, 'homeCount', 1)
  redis.call('HINCRBY', seat, 'homeCount', 1)
end

local function granted(others)
  local home = redis.call('HMGET', seat, 'homeLeg', 'homeCount')
  return { 'ok', redis.call('HGETALL', prefix .. K.legs), others, home[1] or '', home[2] or '1' }
end

-- A removed seat holds the reason for its tab. For a person who joins and leaves all day only the newest are kept.
local function forgetOldTabs()
  local left = {}
  local devices = redis.call('HGETALL', person)
  for i = 1, #devices, 2 do
    local reason = redis.call('HGET', prefix .. K.seat .. devices[i + 1], 'reason')
    local isThisTab = devices[i] == want.device and devices[i + 1] ~= want.identity
    if reason == 'left' or reason == 'moved' then
      left[#left + 1] = { device = devices[i], identity = devices[i + 1], at = isThisTab and 0 or seatedAt(devices[i + 1]) }
    end
  end
  table.sort(left, function(one, other) return one.at > other.at end)
  for i, one in ipairs(left) do
    if i > MOST_TABS_LEFT or one.at == 0 then
      redis.call('DEL', prefix .. K.seat .. one.identity)
      redis.call('HDEL', prefix .. K.identities, one.identity)
      redis.call('HDEL', person, one.device)
    end
  end
end

-- A participant no longer waits: the room was opened, or they were made a co-host.
local function endWaiting()
  local id = redis.call('HGET', prefix .. K.tickets, want.person)
  if id and redis.call('HGET', prefix .. K.ticket .. id, 'status') == 'waiting' then
    settle(prefix, id, 'cancelled', '', now)
  end
end

local function take()
  forgetOldTabs()
  endWaiting()
  local fields = {}
  for i = 2, #ARGV do fields[#fields + 1] = ARGV[i] end
  if #fields > 0 then redis.call('HSET', seat, unpack(fields)) end
  redis.call('HSETNX', seat, 'seatedAtMs', now)
  settleHome()
  redis.call('HSET', person, want.device, want.identity)
  redis.call('HSET', prefix .. K.identities, want.identity, want.person)
  hold(prefix, want.identity, want.person, now, now + want.ttl.reserved)
  for _, name in ipairs({ K.seats, K.identities, K.hosts, K.seat .. want.identity, K.person .. want.person }) do
    belongs(prefix, name, want.ttl.session)
  end
end

-- The first run of this request succeeded, but its answer was lost.
local function isRepeated()
  if want.isReturning or redis.call('HGET', person, want.device) ~= want.identity then return false end
  return redis.call('HGET', seat, 'status') ~= 'removed'
end

local function moved()
  local found = {}
  for _, identity in ipairs(redis.call('HVALS', person)) do
    if redis.call('HGET', prefix .. K.seat .. identity, 'reason') == 'moved' then found[#found + 1] = identity end
  end
  return found
end

if isRepeated() then return granted(moved()) end
if hasChanged() then return { 'changed' } end
local refused = want.open and refusal()
if refused then return { refused } end
if want.open then open() end
local others = leaving()
if isFull(others) then return { 'full' } end
for _, identity in ipairs(others) do remove(identity) end
take()
return granted(others)
`;
