import { OVER_TICKET_MS, TICKET_LUA } from "#lib/seats/ticket-lua.ts";
import { QUIET_MS } from "./ticket.ts";

/**
 * Lua for tickets that wait.
 *
 * `refuses_all(prefix)`: whether the room is locked.
 * `purge(prefix, now)` lapses overdue requests, refuses all while the room is locked, and forgets those that ended minutes ago.
 * `is_purge_due(prefix, now)`: whether `purge` would change anything.
 * `touch(prefix, id, now, silence)` records contact with the guest, unless the request is decided or lapsed.
 * `say_goodbye(prefix, id, now, silence, afterMs)` records that the guest left: hosts see the request for `afterMs` ms at most.
 * `hosts_of(prefix, now)`: the seats of the hosts to notify.
 * `denials_of(prefix, person, address)`: the denials of a person and of their network address, separated by `;`.
 * These functions maintain `lapses`, a sorted set that finds overdue requests without walking the queue.
 */
export const LOBBY_LUA = `${TICKET_LUA}
-- A lock ends with its session, which may have expired.
local function refuses_all(prefix)
  return redis.call('HGET', prefix .. K.room, 'isLocked') == '1' and redis.call('EXISTS', prefix .. K.session) == 1
end

local function is_purge_due(prefix, now)
  if refuses_all(prefix) and redis.call('EXISTS', prefix .. K.queue) == 1 then return true end
  return redis.call('ZCOUNT', prefix .. K.lapses, '-inf', now) + redis.call('ZCOUNT', prefix .. K.stale, '-inf', now) > 0
end

local function purge(prefix, now)
  if refuses_all(prefix) then
    for _, id in ipairs(redis.call('ZRANGE', prefix .. K.queue, 0, -1)) do settle(prefix, id, 'refused', 'room_locked', now) end
  end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.lapses, '-inf', now)) do settle(prefix, id, 'lapsed', '', now) end
  forget_stale(prefix, now)
end

-- A waiting request and its indexes outlive its lapse, so that its tab can still learn of it.
local function note_lapse(prefix, id, now, untilMs)
  redis.call('ZADD', prefix .. K.lapses, untilMs, id)
  local ttl = string.format('%.0f', untilMs - tonumber(now) + ${OVER_TICKET_MS})
  redis.call('PEXPIRE', prefix .. K.ticket .. id, ttl)
  for _, name in ipairs({ K.tickets, K.lobby, K.queue, K.lapses }) do keep(prefix .. name, ttl) end
end

local function touch(prefix, id, now, silence)
  local key = prefix .. K.ticket .. id
  local ticket = redis.call('HMGET', key, 'status', 'isConnected', 'expiresAtMs', 'isHidden')
  if ticket[1] ~= 'waiting' then return false end
  local expiresAt = tonumber(ticket[3])
  local isHidden = ticket[4] == '1'
  local listedUntil = isHidden and expiresAt or math.min(expiresAt, tonumber(now) + ${QUIET_MS})
  redis.call('HSET', key, 'lastSeenAtMs', now, 'listedUntilMs', string.format('%.0f', listedUntil))
  local isKept = ticket[2] == '1' or isHidden
  note_lapse(prefix, id, now, isKept and expiresAt or math.min(expiresAt, tonumber(now) + tonumber(silence)))
  return true
end

local function say_goodbye(prefix, id, now, silence, afterMs)
  local key = prefix .. K.ticket .. id
  local listedUntil = redis.call('HGET', key, 'listedUntilMs')
  if not touch(prefix, id, now, silence) then return end
  local soonest = math.min(tonumber(listedUntil or '0'), tonumber(now) + afterMs)
  redis.call('HSET', key, 'listedUntilMs', string.format('%.0f', soonest))
end

local function hosts_of(prefix, now) return redis.call('ZRANGEBYSCORE', prefix .. K.hosts, '(' .. now, '+inf') end

local function denials_of(prefix, person, address)
  local own = person ~= '' and redis.call('HGET', prefix .. K.denials, person) or ''
  local network = address ~= '' and redis.call('HGET', prefix .. K.denials, 'from:' .. address) or ''
  return (own or '') .. ';' .. (network or '')
end

-- The ticket and its queue position; 0 when it no longer waits.
local function ticket_answer(prefix, id)
  local rank = redis.call('ZRANK', prefix .. K.queue, id)
  return { redis.call('HGETALL', prefix .. K.ticket .. id), rank and rank + 1 or 0 }
end
`;
