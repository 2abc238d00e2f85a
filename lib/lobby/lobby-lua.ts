import { OVER_TICKET_MS, TICKET_LUA } from "#lib/seats/ticket-lua.ts";

/**
 * Lua about those who wait.
 *
 * `purge(prefix, now)` lets requests lapse whose time is over, refuses all while the room is locked, and forgets those that ended some
 * minutes ago.
 * `touch(prefix, id, now, silence)` notes that the guest was heard of, unless the request is decided or lapsed.
 * `hosts_of(prefix, now)` gives the seats of hosts, who are to be told.
 * `denials_of(prefix, person, address)` gives the denials of a person and of their network address, with `;` between.
 * The first two keep `lapses`, the sorted set by which lapsed requests are found without walking the queue.
 */
export const LOBBY_LUA = `${TICKET_LUA}
local function purge(prefix, now)
  -- A lock ends with its session, which may have expired.
  local isLocked = redis.call('HGET', prefix .. 'room', 'isLocked') == '1'
  if isLocked and redis.call('EXISTS', prefix .. 'session') == 1 then
    for _, id in ipairs(redis.call('ZRANGE', prefix .. 'queue', 0, -1)) do settle(prefix, id, 'refused', 'room_locked', now) end
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'lapses', '-inf', now)) do settle(prefix, id, 'lapsed', '', now) end
  forget_stale(prefix, now)
end

-- A waiting request, and the indexes that lead to it, outlive its lapsing by as long as its tab may need to learn of that.
local function note_lapse(prefix, id, now, untilMs)
  redis.call('ZADD', prefix .. 'lapses', untilMs, id)
  local ttl = string.format('%.0f', untilMs - tonumber(now) + ${OVER_TICKET_MS})
  redis.call('PEXPIRE', prefix .. 'ticket:' .. id, ttl)
  for _, name in ipairs({'tickets', 'lobby', 'queue', 'lapses'}) do keep(prefix .. name, ttl) end
end

local function touch(prefix, id, now, silence)
  local key = prefix .. 'ticket:' .. id
  local ticket = redis.call('HMGET', key, 'status', 'isConnected', 'expiresAtMs')
  if ticket[1] ~= 'waiting' then return false end
  redis.call('HSET', key, 'lastSeenAtMs', now)
  local untilMs = tonumber(ticket[3])
  if ticket[2] ~= '1' then untilMs = math.min(untilMs, tonumber(now) + tonumber(silence)) end
  note_lapse(prefix, id, now, untilMs)
  return true
end

local function hosts_of(prefix, now) return redis.call('ZRANGEBYSCORE', prefix .. 'hosts', '(' .. now, '+inf') end

local function denials_of(prefix, person, address)
  local own = person ~= '' and redis.call('HGET', prefix .. 'denials', person) or ''
  local network = address ~= '' and redis.call('HGET', prefix .. 'denials', 'from:' .. address) or ''
  return (own or '') .. ';' .. (network or '')
end

-- The ticket and its place in the queue, 0 when it waits no more.
local function ticket_answer(prefix, id)
  local rank = redis.call('ZRANK', prefix .. 'queue', id)
  return { redis.call('HGETALL', prefix .. 'ticket:' .. id), rank and rank + 1 or 0 }
end
`;
