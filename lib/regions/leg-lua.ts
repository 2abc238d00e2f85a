/** Lua: `read_legs()` gives the session's legs as tables, `shut(leg)` closes one. Needs `prefix`. */
export const LEGS_LUA = `
local function read_legs()
  local flat, found = redis.call('HGETALL', prefix .. K.legs), {}
  for i = 1, #flat, 2 do
    local site, room, state = string.match(flat[i + 1], '^([^|]*)|([^|]*)|([^|]*)$')
    found[#found + 1] = { leg = flat[i], site = site, room = room, isLive = state == 'live' }
  end
  return found
end
local function shut(one) redis.call('HSET', prefix .. K.legs, one.leg, one.site .. '|' .. one.room .. '|closed') end
`;
