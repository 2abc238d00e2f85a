import { LOBBY_LUA } from "./lobby-lua.ts";

/**
 * Lua that puts a request into the queue, one per person. Spots in the lobby are rationed:
 *
 * - a network address holds at most `share` of the guests' spots: enough for a class behind one address, too few for a flood;
 * - when the guests' spots are taken, the address that holds the most loses its newest one to an address that holds fewer;
 * - signed-in users have spots of their own.
 *
 * KEYS: 1 prefix.
 * ARGV: 1 now, 2 rev, 3 person, 4 ticket and 5 denials as they were read, 6 id, 7 LobbyIdentity, 8 when it lapses without contact,
 * 9 spots of each kind, 10 share, 11 kind, 12 address, 13… fields.
 * Answers `{ "changed" }`, `{ "full" }` or `{ "ok", ticket and queue position, hosts, LobbyIdentities that lost their spot }`.
 */
export const ASK_LUA = `${LOBBY_LUA}
local prefix, now, person, id, kind, address = KEYS[1], ARGV[1], ARGV[3], ARGV[6], ARGV[11], ARGV[12]
local places, share = tonumber(ARGV[9]), tonumber(ARGV[10])

-- Counts the queue: signed-in users, and guests by address with the newest of each, by queue position.
local function crowd()
  local found = { people = 0, guests = 0, counts = {}, newest = {} }
  for place, one in ipairs(redis.call('ZRANGE', prefix .. K.queue, 0, -1)) do
    local ticket = redis.call('HMGET', prefix .. K.ticket .. one, 'kind', 'addressKey')
    if ticket[1] ~= 'guest' then
      found.people = found.people + 1
    else
      local from = ticket[2] or ''
      found.guests = found.guests + 1
      found.counts[from] = (found.counts[from] or 0) + 1
      found.newest[from] = { id = one, place = place }
    end
  end
  return found
end

local function most_crowded(waiting)
  local most
  for from, count in pairs(waiting.counts) do
    local best = most and waiting.counts[most] or 0
    local isNewer = count == best and most and waiting.newest[from].place > waiting.newest[most].place
    if count > best or isNewer then most = from end
  end
  return most
end

-- Whether there is a spot, and which ticket has to give it up, if any.
local function find_place()
  local waiting = crowd()
  if kind ~= 'guest' then return waiting.people < places end
  local own = waiting.counts[address] or 0
  if own >= share then return false end
  if waiting.guests < places then return true end
  local most = most_crowded(waiting)
  if not most or waiting.counts[most] <= own + 1 then return false end
  return true, waiting.newest[most].id
end

if redis.call('HGET', prefix .. K.room, 'rev') ~= ARGV[2] then return { 'changed' } end
purge(prefix, now)
local before = redis.call('HGET', prefix .. K.tickets, person)
-- The first run of this request succeeded, but its answer was lost.
if before == id then return { 'ok', ticket_answer(prefix, id), hosts_of(prefix, now), {} } end
local status = before and redis.call('HGET', prefix .. K.ticket .. before, 'status')
if (status and before .. '|' .. status or '') ~= ARGV[4] then return { 'changed' } end
if denials_of(prefix, person, address) ~= ARGV[5] then return { 'changed' } end

local hasPlace, loser = find_place()
if not hasPlace then return { 'full' } end
local lost = {}
if loser then
  lost[1] = redis.call('HGET', prefix .. K.ticket .. loser, 'lobbyIdentity') or nil
  settle(prefix, loser, 'refused', 'lobby_full', now)
end
if before then forget_ticket(prefix, person, before) end
local fields = {}
for i = 13, #ARGV do fields[#fields + 1] = ARGV[i] end
redis.call('HSET', prefix .. K.ticket .. id, unpack(fields))
redis.call('HSET', prefix .. K.tickets, person, id)
redis.call('HSET', prefix .. K.lobby, ARGV[7], id)
redis.call('ZADD', prefix .. K.queue, now, id)
note_lapse(prefix, id, now, tonumber(ARGV[8]))
return { 'ok', ticket_answer(prefix, id), hosts_of(prefix, now), lost }
`;
