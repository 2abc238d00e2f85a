/** A request that lapsed, was cancelled or lost its spot is kept this long, in milliseconds, so that its tab can learn of it. */
export const OVER_TICKET_MS = 5 * 60_000;

/**
 * Lua for requests to join, used by every script that ends one.
 *
 * `settle(prefix, id, status, code, now)` ends a waiting request and takes it from the queue. Without a verdict, the request is kept
 * for a few minutes only, so that its tab can learn of it.
 * `forget_ticket(prefix, person, id)` deletes all data of a request.
 * `forget_stale(prefix, now)` does so for those that ended some minutes ago.
 * `keep(key, ttl)` extends the lifetime of a key to at least `ttl`.
 */
export const TICKET_LUA = `
local function keep(key, ttl)
  if redis.call('PTTL', key) < tonumber(ttl) then redis.call('PEXPIRE', key, ttl) end
end

local function settle(prefix, id, status, code, now)
  local key = prefix .. K.ticket .. id
  local ticket = redis.call('HMGET', key, 'status', 'personKey', 'lobbyIdentity')
  redis.call('ZREM', prefix .. K.queue, id)
  redis.call('ZREM', prefix .. K.lapses, id)
  if not ticket[1] then return end
  if ticket[1] == 'waiting' or status == 'cancelled' then redis.call('HSET', key, 'status', status, 'code', code) end
  if status == 'admitted' or status == 'denied' then return end
  redis.call('PEXPIRE', key, ${OVER_TICKET_MS})
  redis.call('ZADD', prefix .. K.stale, tonumber(now) + ${OVER_TICKET_MS}, id .. '|' .. (ticket[2] or '') .. '|' .. (ticket[3] or ''))
  keep(prefix .. K.stale, ${2 * OVER_TICKET_MS})
end

local function forget_ticket(prefix, person, id)
  local ticket = prefix .. K.ticket .. id
  local lobby = redis.call('HGET', ticket, 'lobbyIdentity')
  if lobby then redis.call('HDEL', prefix .. K.lobby, lobby) end
  if redis.call('HGET', prefix .. K.tickets, person) == id then redis.call('HDEL', prefix .. K.tickets, person) end
  redis.call('ZREM', prefix .. K.queue, id)
  redis.call('ZREM', prefix .. K.lapses, id)
  redis.call('DEL', ticket)
end

local function forget_stale(prefix, now)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.stale, '-inf', now)) do
    local id, person, lobby = string.match(member, '^([^|]*)|([^|]*)|([^|]*)$')
    redis.call('ZREM', prefix .. K.stale, member)
    -- The request itself may have expired already.
    redis.call('HDEL', prefix .. K.lobby, lobby)
    forget_ticket(prefix, person, id)
  end
end
`;
