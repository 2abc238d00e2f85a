import { ROLE_LUA } from "./role-lua.ts";
import { MOST_SEATS } from "./seat.ts";
import { SESSION_LUA } from "./session-lua.ts";

/**
 * Lua that counts seats. Every way to a seat uses `hold`: entry, heartbeat, tokens for legs, the gatekeeper and arrival. So a room
 * never holds more seats than its limit, and a person never more than four.
 *
 * `held_until(prefix, identity)`: when the seat lapses; 0 for none.
 * `others_held(prefix, person, identity, now)`: the person's other seats that count.
 * `has_room(prefix, person, now, leaving)`: whether one more seat can count once `leaving` others are gone. The owner can
 * exceed a full room by one.
 * `hold(prefix, identity, person, now, untilMs)` keeps the seat until then, and returns `nil` and the person's role. A lapsed seat
 * can be reclaimed. Without room it returns 'full', beside four others 'many', and changes nothing.
 * `shorten(prefix, identity, now, untilMs)` ends a held seat then; a lapsed one stays lapsed.
 * Both update the lifetime of the session's keys (`keep_session`), so store a seat's status first.
 */
export const HOLD_LUA = `${ROLE_LUA}${SESSION_LUA}
local function held_until(prefix, identity)
  return tonumber(redis.call('ZSCORE', prefix .. K.seats, identity) or '0')
end

local function others_held(prefix, person, identity, now)
  local found = {}
  for _, other in ipairs(redis.call('HVALS', prefix .. K.person .. person)) do
    if other ~= identity and held_until(prefix, other) > now then found[#found + 1] = other end
  end
  return found
end

local function has_room(prefix, person, now, leaving)
  local room = redis.call('HMGET', prefix .. K.room, 'maxParticipants', 'ownerId')
  local spare = person == room[2] and 1 or 0
  local held = redis.call('ZCOUNT', prefix .. K.seats, '(' .. string.format('%.0f', now), '+inf')
  return held - leaving < tonumber(room[1] or '0') + spare
end

local function hold(prefix, identity, person, now, untilMs)
  local was = held_until(prefix, identity)
  if was <= now then
    if not has_room(prefix, person, now, 0) then return 'full' end
    if #others_held(prefix, person, identity, now) >= ${MOST_SEATS} then return 'many' end
  end
  untilMs = math.max(was, untilMs)
  redis.call('ZADD', prefix .. K.seats, untilMs, identity)
  redis.call('HSET', prefix .. K.session, 'lastSeenAtMs', now)
  local role = role_of(prefix, person)
  if role == 'participant' then
    redis.call('ZREM', prefix .. K.hosts, identity)
  else
    redis.call('ZADD', prefix .. K.hosts, untilMs, identity)
    redis.call('HSET', prefix .. K.session, 'hostSeenAtMs', now)
  end
  keep_session(prefix, now)
  return nil, role
end

local function shorten(prefix, identity, now, untilMs)
  if held_until(prefix, identity) > now then
    redis.call('ZADD', prefix .. K.seats, untilMs, identity)
    redis.call('ZADD', prefix .. K.hosts, 'XX', untilMs, identity)
  end
  keep_session(prefix, now)
end
`;
