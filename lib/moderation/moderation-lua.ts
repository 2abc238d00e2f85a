import { ACTIVITY_LOG_LUA } from "#lib/seats/activity-log-lua.ts";
import { ROLE_LUA } from "#lib/seats/role-lua.ts";

/** Lua: the role of a person in the room, and an entry in the activity log. Needs `prefix`, `now`, `ttl`. */
export const ROLE_AND_LOG_LUA = `${ROLE_LUA}${ACTIVITY_LOG_LUA}
local function roleOf(person) return role_of(prefix, person) end

-- Two clicks on a button are one entry. The script cannot see whether LiveKit had anything left to do, so it compares times.
local function note(by, what, target, detail)
  local newest = redis.call('LINDEX', prefix .. K.log, 0)
  if newest then
    local was = cjson.decode(newest)
    local isSame = was.by == by and was.what == what and was.target == target and was.detail == detail
    if isSame and now - was.atMs < 5000 then return end
  end
  write_log(prefix, ttl, { atMs = now, by = by, what = what, target = target, detail = detail })
end

-- { identity, name, home leg, role } of a seat
local function personOf(identity)
  local seat = redis.call('HMGET', prefix .. K.seat .. identity, 'personKey', 'name', 'homeLeg', 'status')
  if not seat[1] or seat[4] == 'removed' then return nil end
  return { identity, seat[2], seat[3], roleOf(seat[1]) }
end

local function seatsOf(person) return redis.call('HVALS', prefix .. K.person .. person) end

local function bumpRev() redis.call('HINCRBY', prefix .. K.room, 'rev', 1) end

local function answer(status, people, extra)
  return {
    status, people,
    redis.call('HGETALL', prefix .. K.legs),
    redis.call('HMGET', prefix .. K.room, 'lockMicrophone', 'lockCamera', 'lockScreenShare'),
    redis.call('ZRANGEBYSCORE', prefix .. K.hosts, '(' .. now, '+inf'),
    extra or ''
  }
end
`;

/** Lua: `absent_cohosts(prefix, now)` lists the co-hosts who hold no seat: their person key, a former seat, and their name. */
export const ABSENT_COHOSTS_LUA = `
local function absent_cohosts(prefix, now)
  local found = {}
  local roles = redis.call('HGETALL', prefix .. K.roles)
  for i = 1, #roles, 2 do
    local one = roles[i + 1] == 'cohost' and { person = roles[i] }
    for _, identity in ipairs(one and redis.call('HVALS', prefix .. K.person .. one.person) or {}) do
      local isHeld = tonumber(redis.call('ZSCORE', prefix .. K.seats, identity) or '0') > now
      one.isHere = one.isHere or isHeld
      one.identity, one.name = identity, redis.call('HGET', prefix .. K.seat .. identity, 'name') or ''
    end
    if one and not one.isHere then found[#found + 1] = one end
  end
  return found
end
`;

/**
 * Lua that starts every action. ARGV: 1 the actor's seat, 2 the role that allowed the action, 3 now, 4 lifetime of session
 * data. An actor who has lost that role changes nothing.
 */
export const ACTION_LUA = `
local prefix, actor, now, ttl = KEYS[1], ARGV[1], tonumber(ARGV[3]), ARGV[4]
-- Session data must not outlive the session.
local rest = redis.call('PTTL', prefix .. K.session)
if rest > 0 and rest < tonumber(ttl) then ttl = rest end
${ROLE_AND_LOG_LUA}
local acting = redis.call('HMGET', prefix .. K.seat .. actor, 'personKey', 'name', 'status')
if not acting[1] or acting[3] == 'removed' or roleOf(acting[1]) ~= ARGV[2] then return { 'changed_meanwhile' } end
local by = acting[2]

local function inside()
  local people = {}
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.seats, '(' .. now, '+inf')) do
    people[#people + 1] = personOf(identity)
  end
  return people
end
`;

/** Lua for actions on one participant. ARGV: 5 the target's seat, 6 allowed target roles, between commas: `,participant,cohost,`. */
export const TARGET_LUA = `
${ACTION_LUA}
local target = ARGV[5]
local aimed = redis.call('HMGET', prefix .. K.seat .. target, 'personKey', 'name', 'status', 'kind')
local person, name = aimed[1], aimed[2]
if not person then return { 'person_unknown' } end
local role = roleOf(person)
-- A service has its grant instead of a role: it can be muted and removed, and nothing else.
local isService = aimed[4] == 'service'
local function mayHit() return person ~= acting[1] and string.find(ARGV[6], ',' .. role .. ',', 1, true) end
`;
