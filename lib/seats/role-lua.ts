/**
 * Lua: `role_of(prefix, person)` is the person's current role in the room, as `roleOf` in seat.ts. Scripts that store a moderator's
 * change use it: a role read before the script may have been revoked since.
 */
export const ROLE_LUA = `
local function role_of(prefix, person)
  if person == redis.call('HGET', prefix .. K.room, 'ownerId') then return 'host' end
  local entry = redis.call('HGET', prefix .. K.roles, person)
  if entry == 'host' or entry == 'cohost' then return entry end
  return 'participant'
end
`;
