/**
 * A room's revision counts the scripts that wrote to it. It is a field of the room's hash, so it reaches a replica in the same
 * step as the data, and ends with the room.
 */

/** @returns Lua that runs this script, which can write, and answers the room's revision and the script's answer. */
export function raisingRevision(lua: string): string {
  return `local answer = (function() ${lua}
end)()
local room = KEYS[1] .. K.room
local revision = redis.call('EXISTS', room) == 1 and redis.call('HINCRBY', room, 'revision', 1) or 0
return { revision, answer }`;
}

/** The same for a script that only reads: -1 for a room that does not exist. */
export function readingRevision(lua: string): string {
  return `local room = KEYS[1] .. K.room
local revision = redis.call('EXISTS', room) == 1 and tonumber(redis.call('HGET', room, 'revision') or '0') or -1
return { revision, (function() ${lua}
end)() }`;
}
