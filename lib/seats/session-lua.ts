import { TICKET_LUA } from "./ticket-lua.ts";

/**
 * Lua: `forget(prefix, reason, ttl)` takes away what belongs to the running session. Bans stay, and so do those who wait.
 *
 * With a reason seats are marked as removed for it and kept for `ttl` ms, so that their tabs are told why; with none they go.
 * Verdicts go too: having been admitted to one meeting is no right to be in the next.
 */
export const SESSION_LUA = `${TICKET_LUA}
local function forget_seats(prefix, reason, ttl)
  local identities = redis.call('HGETALL', prefix .. 'identities')
  for i = 1, #identities, 2 do
    local seat, person = prefix .. 'seat:' .. identities[i], prefix .. 'person:' .. identities[i + 1]
    local status = redis.call('HGET', seat, 'status')
    if status and status ~= 'removed' and reason ~= '' then
      redis.call('HSET', seat, 'status', 'removed', 'reason', reason, 'handRaisedAtMs', 0)
    end
    if reason == '' then redis.call('DEL', seat, person) end
    redis.call('PEXPIRE', seat, ttl)
    redis.call('PEXPIRE', person, ttl)
  end
end

local function forget_verdicts(prefix)
  local tickets = redis.call('HGETALL', prefix .. 'tickets')
  for i = 1, #tickets, 2 do
    local status = redis.call('HGET', prefix .. 'ticket:' .. tickets[i + 1], 'status')
    if status ~= 'waiting' then forget_ticket(prefix, tickets[i], tickets[i + 1]) end
  end
end

local function forget(prefix, reason, ttl)
  forget_seats(prefix, reason, ttl)
  forget_verdicts(prefix)
  for _, name in ipairs({'session', 'legs', 'roles', 'seats', 'identities', 'hosts', 'expelled', 'removed-addresses', 'denials', 'chat', 'log'}) do
    redis.call('DEL', prefix .. name)
  end
  redis.call('HSET', prefix .. 'room', 'isLocked', 0, 'lockMicrophone', 0, 'lockCamera', 0, 'lockScreenShare', 0)
  redis.call('HINCRBY', prefix .. 'room', 'rev', 1)
end
`;
