/** The newest entries that a meeting's activity log keeps. */
const KEPT = 200;

/**
 * Lua: `write_log(prefix, ttl, entry)` adds an entry (`atMs`, `by`, `what`, `target`, `detail`) to the activity log of the meeting,
 * which then lives for `ttl` ms. That must be no longer than the session.
 */
export const ACTIVITY_LOG_LUA = `
local function write_log(prefix, ttl, entry)
  redis.call('LPUSH', prefix .. K.log, cjson.encode(entry))
  redis.call('LTRIM', prefix .. K.log, 0, ${KEPT - 1})
  redis.call('PEXPIRE', prefix .. K.log, ttl)
end
`;
