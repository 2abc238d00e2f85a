/**
 * Lua: `looks_like_host(prefix, person, look, now)`: whether a name resembles that of another person who hosts or co-hosts
 * and is present.
 * `look` is `lookOf` the name; seats store it beside their own.
 */
export const LOOK_LUA = `
local function looks_like_host(prefix, person, look, now)
  if look == '' then return false end
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.hosts, '(' .. now, '+inf')) do
    local host = redis.call('HMGET', prefix .. K.seat .. identity, 'look', 'personKey')
    if host[1] == look and host[2] ~= person then return true end
  end
  return false
end
`;
