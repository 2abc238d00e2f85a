/**
 * Lua: `role_of(prefix, person)` is what someone is to the room now, as `roleOf` in seat.ts has it. A script that stores something
 * for a moderator asks here: a role that was read before the script may have been taken away since.
 */
export const ROLE_LUA = `
local function role_of(prefix, person)
  if person == redis.call('HGET', prefix .. 'room', 'ownerId') then return 'host' end
  local entry = redis.call('HGET', prefix .. 'roles', person)
  if entry == 'host' or entry == 'cohost' then return entry end
  return 'participant'
end
`;
