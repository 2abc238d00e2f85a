/**
 * Lua: `yield_unused(prefix, kind, address, now)` frees a seat in a full room. Candidates are reserved seats of guests who have not
 * arrived. The address that holds the most gives up its newest, to a signed-in user or to a guest of an address that would hold
 * fewer. The tab that loses it can reclaim it. Returns whether a seat was freed.
 */
export const UNUSED_SEATS_LUA = `
-- Unused seats by network address: their number, and the newest of each.
local function unused_seats(prefix, now)
  local counts, newest = {}, {}
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.seats, '(' .. string.format('%.0f', now), '+inf')) do
    local seat = redis.call('HMGET', prefix .. K.seat .. identity, 'kind', 'sid', 'addressKey', 'seatedAtMs')
    if seat[1] == 'guest' and (seat[2] or '') == '' then
      local address, at = seat[3] or '', tonumber(seat[4] or '0')
      counts[address] = (counts[address] or 0) + 1
      if not newest[address] or at >= newest[address].at then newest[address] = { identity = identity, at = at } end
    end
  end
  return counts, newest
end

local function yield_unused(prefix, kind, address, now)
  local counts, newest = unused_seats(prefix, now)
  local most
  for from, count in pairs(counts) do
    local isMore = not most or count > counts[most] or (count == counts[most] and newest[from].at > newest[most].at)
    if isMore then most = from end
  end
  local own = kind == 'guest' and counts[address] or 0
  if not most or counts[most] <= own + 1 then return false end
  redis.call('ZREM', prefix .. K.seats, newest[most].identity)
  redis.call('ZREM', prefix .. K.hosts, newest[most].identity)
  return true
end
`;
