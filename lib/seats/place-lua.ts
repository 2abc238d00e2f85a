/**
 * Lua prelude for other scripts: `place(prefix, person, now)` returns, as nested lists,
 *
 *   1 room  2 session  3 legs (hashes, flat)  4 { isBanned, isExpelled, role entry }
 *   5 list of the person's seats (hashes, flat, with heldUntilMs)  6 { seats held, hosts present, waiting }
 *
 * An empty person reads only the room. Seats of an earlier session give no rights and are left out.
 */
export const PLACE_LUA = `
local function place(prefix, person, now)
  local facts, seats = {0, 0, ''}, {}
  if person ~= '' then
    facts[1] = redis.call('HEXISTS', prefix .. K.bans, person)
    facts[2] = redis.call('HEXISTS', prefix .. K.expelled, person)
    facts[3] = redis.call('HGET', prefix .. K.roles, person) or ''
    local session = redis.call('HGET', prefix .. K.session, 'sessionId')
    local devices = redis.call('HGETALL', prefix .. K.person .. person)
    for i = 2, #devices, 2 do
      local key = prefix .. K.seat .. devices[i]
      local seat = redis.call('HGETALL', key)
      local of = redis.call('HGET', key, 'sessionId')
      if #seat > 0 and (not session or not of or of == session) then
        seat[#seat + 1] = 'heldUntilMs'
        seat[#seat + 1] = redis.call('ZSCORE', prefix .. K.seats, devices[i]) or '0'
        seats[#seats + 1] = seat
      end
    end
  end
  return {
    redis.call('HGETALL', prefix .. K.room),
    redis.call('HGETALL', prefix .. K.session),
    redis.call('HGETALL', prefix .. K.legs),
    facts,
    seats,
    {
      redis.call('ZCOUNT', prefix .. K.seats, '(' .. now, '+inf'),
      redis.call('ZCOUNT', prefix .. K.hosts, '(' .. now, '+inf'),
      redis.call('ZCOUNT', prefix .. K.lapses, '(' .. now, '+inf')
    }
  }
end
`;
