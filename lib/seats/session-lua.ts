import { TICKET_LUA } from "./ticket-lua.ts";

/** How long a session's keys live while a participant is connected, in milliseconds: `TTL_MS.session`, which a test compares. */
const CONNECTED_MS = 24 * 60 * 60_000;

/**
 * Lua for the keys of a session and their lifetime.
 *
 * `keep_session(prefix, now)` sets the lifetime of all keys of the session: the long one while a participant is connected, otherwise
 * until the last seat lapses. So Redis forgets a session even if no webhook reports its end. When no seat counts any more, the
 * session is forgotten right away. Returns the lifetime in ms; 0 without a session.
 *
 * `belongs(prefix, name, ttl)` gives one key the rest of the session's lifetime, at most `ttl` ms. The key must not outlive
 * the session.
 *
 * `forget(prefix, isEnded, ttl)` removes the data of the running session. Bans and waiting requests stay. Verdicts go: admission to
 * one meeting gives no right to join the next. After an end, the tabs that were in the meeting are listed for `ttl` ms, by DeviceId
 * only, so that each can show why it is out.
 *
 * `forget_rest(prefix)` removes what an expired session may have left.
 */
export const SESSION_LUA = `${TICKET_LUA}
-- LiveKit reported that the seat joined a live leg and has not reported that it left.
local function has_connection(prefix, identity, legs)
  for i = 1, #legs, 2 do
    if string.sub(legs[i + 1], -5) == '|live' then
      local link = redis.call('HGET', prefix .. K.seat .. identity, 'link:' .. legs[i]) or ''
      if string.sub(link, -3) == '|on' then return true end
    end
  end
  return false
end

local function session_lifetime(prefix, now)
  local last, legs = 0, redis.call('HGETALL', prefix .. K.legs)
  local seats = redis.call('ZRANGE', prefix .. K.seats, 0, -1, 'WITHSCORES')
  for i = 1, #seats, 2 do
    local status = redis.call('HGET', prefix .. K.seat .. seats[i], 'status')
    if status == 'present' and has_connection(prefix, seats[i], legs) then return ${CONNECTED_MS} end
    if status and status ~= 'removed' then last = math.max(last, tonumber(seats[i + 1]) - now) end
  end
  return last
end

local function forget_seats(prefix, isEnded, ttl)
  local identities = redis.call('HGETALL', prefix .. K.identities)
  for i = 1, #identities, 2 do
    local seat = prefix .. K.seat .. identities[i]
    local of = redis.call('HMGET', seat, 'status', 'device')
    if isEnded and of[2] and of[1] ~= 'removed' then
      redis.call('SADD', prefix .. K.endedTabs, of[2])
      redis.call('PEXPIRE', prefix .. K.endedTabs, ttl)
    end
    redis.call('DEL', seat, prefix .. K.person .. identities[i + 1])
  end
end

-- Calls act(person, id) for each request that no longer waits.
local function each_settled(prefix, act)
  local tickets = redis.call('HGETALL', prefix .. K.tickets)
  for i = 1, #tickets, 2 do
    local status = redis.call('HGET', prefix .. K.ticket .. tickets[i + 1], 'status')
    if status ~= 'waiting' then act(tickets[i], tickets[i + 1]) end
  end
end

-- Locks are fields of the room, which does not expire with the session.
local function forget_rest(prefix)
  for _, name in ipairs(SESSION_KEYS) do redis.call('DEL', prefix .. name) end
  if redis.call('EXISTS', prefix .. K.room) == 0 then return end
  redis.call('HSET', prefix .. K.room, 'isLocked', 0, 'lockMicrophone', 0, 'lockCamera', 0, 'lockScreenShare', 0)
end

local function forget(prefix, isEnded, ttl)
  forget_seats(prefix, isEnded, ttl)
  each_settled(prefix, function(person, id) forget_ticket(prefix, person, id) end)
  redis.call('DEL', prefix .. K.stale)
  forget_rest(prefix)
  if redis.call('EXISTS', prefix .. K.room) == 1 then redis.call('HINCRBY', prefix .. K.room, 'rev', 1) end
end

local function belongs(prefix, name, ttl)
  local rest = redis.call('PTTL', prefix .. K.session)
  if rest < 0 or rest > tonumber(ttl) then rest = ttl end
  redis.call('PEXPIRE', prefix .. name, rest)
end

local function expire_session(prefix, lifetime)
  for _, name in ipairs(SESSION_KEYS) do redis.call('PEXPIRE', prefix .. name, lifetime) end
  local identities = redis.call('HGETALL', prefix .. K.identities)
  for i = 1, #identities, 2 do
    redis.call('PEXPIRE', prefix .. K.seat .. identities[i], lifetime)
    redis.call('PEXPIRE', prefix .. K.person .. identities[i + 1], lifetime)
  end
  each_settled(prefix, function(_, id) redis.call('PEXPIRE', prefix .. K.ticket .. id, lifetime) end)
  -- These keys also index waiting requests, which outlive the session.
  local isAnyWaiting = redis.call('EXISTS', prefix .. K.queue) == 1
  for _, name in ipairs({ K.tickets, K.lobby, K.stale }) do
    if not isAnyWaiting or redis.call('PTTL', prefix .. name) < lifetime then redis.call('PEXPIRE', prefix .. name, lifetime) end
  end
end

local function keep_session(prefix, now)
  if redis.call('EXISTS', prefix .. K.session) == 0 then return 0 end
  local lifetime = session_lifetime(prefix, now)
  if lifetime <= 0 then
    forget(prefix, false, 0)
    return 0
  end
  -- Setting every key costs some commands per seat, so it runs only for a short lifetime, or after half of a long one.
  local isLongEnough = redis.call('PTTL', prefix .. K.session) > lifetime / 2
  if lifetime < ${CONNECTED_MS} or not isLongEnough then expire_session(prefix, lifetime) end
  return lifetime
end
`;
