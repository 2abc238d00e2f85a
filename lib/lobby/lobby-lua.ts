/**
 * Lua about those who wait.
 *
 * `purge(prefix, now)` lets requests lapse whose time is over, and refuses all while the room is locked.
 * `touch(prefix, id, now, silence)` notes that the guest was heard of, unless the request is decided or lapsed.
 * `hosts_of(prefix, now)` gives the seats of hosts, who are to be told.
 * The first two keep `lapses`, the sorted set by which lapsed requests are found without walking the queue.
 */
export const LOBBY_LUA = `
local function settle(prefix, id, status, code)
  local ticket = prefix .. 'ticket:' .. id
  if redis.call('HGET', ticket, 'status') == 'waiting' then redis.call('HSET', ticket, 'status', status, 'code', code) end
  redis.call('ZREM', prefix .. 'queue', id)
  redis.call('ZREM', prefix .. 'lapses', id)
end

local function purge(prefix, now)
  -- A lock ends with its session, which may have expired.
  local isLocked = redis.call('HGET', prefix .. 'room', 'isLocked') == '1'
  if isLocked and redis.call('EXISTS', prefix .. 'session') == 1 then
    for _, id in ipairs(redis.call('ZRANGE', prefix .. 'queue', 0, -1)) do settle(prefix, id, 'refused', 'room_locked') end
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'lapses', '-inf', now)) do settle(prefix, id, 'lapsed', '') end
end

local function touch(prefix, id, now, silence)
  local key = prefix .. 'ticket:' .. id
  local ticket = redis.call('HMGET', key, 'status', 'isConnected', 'expiresAtMs')
  if ticket[1] ~= 'waiting' then return false end
  redis.call('HSET', key, 'lastSeenAtMs', now)
  local untilMs = tonumber(ticket[3])
  if ticket[2] ~= '1' then untilMs = math.min(untilMs, tonumber(now) + tonumber(silence)) end
  redis.call('ZADD', prefix .. 'lapses', untilMs, id)
  return true
end

local function hosts_of(prefix, now) return redis.call('ZRANGEBYSCORE', prefix .. 'hosts', '(' .. now, '+inf') end

-- The ticket and its place in the queue, 0 when it waits no more.
local function ticket_answer(prefix, id)
  local rank = redis.call('ZRANK', prefix .. 'queue', id)
  return { redis.call('HGETALL', prefix .. 'ticket:' .. id), rank and rank + 1 or 0 }
end
`;
