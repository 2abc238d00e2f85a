import "server-only";
import { TTL_MS } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";
import { TICKET_LUA } from "#lib/seats/ticket-lua.ts";
import { ABSENT_COHOSTS_LUA, ACTION_LUA, TARGET_LUA } from "./moderation-lua.ts";

// One script per action. Each rechecks the rights, changes the state and writes the log entry, all or nothing. It can run twice.
const define = (lua: string) => defineScript(lua, { isIdempotent: true });

/** mute, stop-camera, stop-share: Redis stores only the log entry. ARGV 7: verb. */
export const NOTE_TARGET = define(`${TARGET_LUA}
  if aimed[3] == 'removed' then return { 'person_unknown' } end
  if not mayHit() or (isService and ARGV[7] == 'stop-share') then return { 'not_allowed' } end
  note(by, ARGV[7], name, '')
  return answer('ok', { personOf(target) })
`);

export const LOWER_HAND = define(`${TARGET_LUA}
  if aimed[3] == 'removed' then return { 'person_unknown' } end
  if not mayHit() then return { 'not_allowed' } end
  local seat = prefix .. K.seat .. target
  if (redis.call('HGET', seat, 'handRaisedAtMs') or '0') == '0' then return answer('same', {}) end
  redis.call('HSET', seat, 'handRaisedAtMs', 0)
  note(by, 'lower-hand', name, '')
  return answer('ok', { personOf(target) })
`);

/** ARGV 7: requested role, `cohost` or `participant`. 8: verb. The role can also be revoked from a co-host who left. */
export const SET_ROLE = define(`${TARGET_LUA}
  if isService then return { 'not_allowed' } end
  local isTakenBack = ARGV[7] ~= 'cohost' and role == 'cohost'
  if aimed[3] == 'removed' and not isTakenBack then return { 'person_unknown' } end
  if role == ARGV[7] and ARGV[6] ~= ',,' and person ~= acting[1] then return answer('same', {}) end
  if not mayHit() then return { 'not_allowed' } end
  if ARGV[7] == 'cohost' then
    redis.call('HSET', prefix .. K.roles, person, 'cohost')
    redis.call('PEXPIRE', prefix .. K.roles, ttl)
  else
    redis.call('HDEL', prefix .. K.roles, person)
  end
  local people = {}
  for _, identity in ipairs(seatsOf(person)) do
    local held = redis.call('ZSCORE', prefix .. K.seats, identity)
    if ARGV[7] ~= 'cohost' then
      redis.call('ZREM', prefix .. K.hosts, identity)
    elseif held then
      redis.call('ZADD', prefix .. K.hosts, held, identity)
      redis.call('PEXPIRE', prefix .. K.hosts, ttl)
    end
    people[#people + 1] = personOf(identity)
  end
  bumpRev()
  note(by, ARGV[8], name, '')
  return answer('ok', people)
`);

/** ARGV 7: `1` with a ban. 8: BanId. Extra: every removed identity of the participant, whether LiveKit lists it or not. */
export const EXPEL = define(`${TICKET_LUA}${TARGET_LUA}
  if not mayHit() then return { 'not_allowed' } end
  local isBan = ARGV[7] == '1'
  local ticketId = redis.call('HGET', prefix .. K.tickets, person)

  local seats = seatsOf(person)
  seats[#seats + 1] = target
  local function isOut(identity) return redis.call('HGET', prefix .. K.seat .. identity, 'status') == 'removed' end
  local function out()
    local found, seen = {}, {}
    for _, identity in ipairs(seats) do
      if isOut(identity) and not seen[identity] then found[#found + 1] = identity end
      seen[identity] = true
    end
    return found
  end

  -- A click on the old tile of a removed participant must not remove them again after a host has readmitted them.
  local function isBack()
    if ticketId and redis.call('HGET', prefix .. K.ticket .. ticketId, 'status') == 'admitted' then return true end
    for _, identity in ipairs(seats) do if not isOut(identity) then return true end end
    return false
  end
  local reason = redis.call('HGET', prefix .. K.seat .. target, 'reason')
  local wasRemoved = aimed[3] == 'removed' and (reason == 'expelled' or reason == 'banned')
  local isDone = not isBan or redis.call('HEXISTS', prefix .. K.bans, person) == 1
  if wasRemoved and (isDone or isBack()) then return answer('same', {}, out()) end

  for _, identity in ipairs(seats) do
    local seat = prefix .. K.seat .. identity
    redis.call('HSET', seat, 'status', 'removed', 'reason', isBan and 'banned' or 'expelled', 'handRaisedAtMs', 0)
    redis.call('ZREM', prefix .. K.seats, identity)
    redis.call('ZREM', prefix .. K.hosts, identity)
    local address = redis.call('HGET', seat, 'addressKey')
    if address and address ~= '' then
      redis.call('HSET', prefix .. K.removedAddresses, address, now)
      if isBan then
        local banned = redis.call('HGET', prefix .. K.bannedAddresses, address) or ''
        if not string.find(banned, ARGV[8], 1, true) then banned = banned .. ',' .. ARGV[8] end
        redis.call('HSET', prefix .. K.bannedAddresses, address, banned)
      end
    end
  end
  redis.call('PEXPIRE', prefix .. K.removedAddresses, ttl)
  redis.call('PEXPIRE', prefix .. K.bannedAddresses, ${TTL_MS.ban})

  if ticketId then settle(prefix, ticketId, 'cancelled', 'removed', now) end

  if isBan then
    local ban = cjson.encode({ banId = ARGV[8], name = name, by = by, atMs = now })
    redis.call('HSET', prefix .. K.bans, person, ban)
    redis.call('PEXPIRE', prefix .. K.bans, ${TTL_MS.ban})
  else
    redis.call('HSET', prefix .. K.expelled, person, now)
    redis.call('PEXPIRE', prefix .. K.expelled, ttl)
  end
  redis.call('HDEL', prefix .. K.roles, person)
  bumpRev()
  note(by, 'expel', name, isBan and 'ban' or '')
  return answer('ok', {}, out())
`);

/** ARGV 5: BanId. */
export const UNBAN = define(`${ACTION_LUA}
  local bans = redis.call('HGETALL', prefix .. K.bans)
  for i = 1, #bans, 2 do
    local isRead, ban = pcall(cjson.decode, bans[i + 1])
    if isRead and ban.banId == ARGV[5] then
      redis.call('HDEL', prefix .. K.bans, bans[i])
      local addresses = redis.call('HGETALL', prefix .. K.bannedAddresses)
      for at = 1, #addresses, 2 do
        local left = string.gsub(addresses[at + 1], ',' .. ban.banId, '')
        if left == '' then
          redis.call('HDEL', prefix .. K.bannedAddresses, addresses[at])
        else
          redis.call('HSET', prefix .. K.bannedAddresses, addresses[at], left)
        end
      end
      bumpRev()
      note(by, 'unban', ban.name, '')
      return answer('ok', {})
    end
  end
  return answer('same', {})
`);

/** Also covers microphones published within the next seconds: the webhook compares `muteAllAtMs`. */
export const MUTE_ALL = define(`${ACTION_LUA}
  redis.call('HSET', prefix .. K.session, 'muteAllAtMs', now)
  note(by, 'mute-all', '', '')
  return answer('ok', inside())
`);

export const LOWER_ALL_HANDS = define(`${ACTION_LUA}
  local lowered = {}
  for _, one in ipairs(inside()) do
    local seat = prefix .. K.seat .. one[1]
    if (redis.call('HGET', seat, 'handRaisedAtMs') or '0') ~= '0' then
      redis.call('HSET', seat, 'handRaisedAtMs', 0)
      lowered[#lowered + 1] = one
    end
  end
  if #lowered == 0 then return answer('same', {}) end
  note(by, 'lower-all-hands', '', '')
  return answer('ok', lowered)
`);

/**
 * ARGV 5: field of the room. 6: value. 7: verb. 8: detail of the log entry. 9: `1` when rights change.
 * Extra: the number of waiting users.
 */
export const SET_FIELD = define(`${ABSENT_COHOSTS_LUA}${ACTION_LUA}
  local waiting = redis.call('ZCOUNT', prefix .. K.lapses, '(' .. now, '+inf')
  if (redis.call('HGET', prefix .. K.room, ARGV[5]) or '') == ARGV[6] then return answer('same', inside(), waiting) end
  if ARGV[5] == 'isLocked' and ARGV[6] == '1' then
    -- A co-host who is away must not pass the lock with a role given before it.
    for _, one in ipairs(absent_cohosts(prefix, now)) do
      redis.call('HDEL', prefix .. K.roles, one.person)
      note(by, 'unmake-cohost', one.name or '', '')
    end
  end
  redis.call('HSET', prefix .. K.room, ARGV[5], ARGV[6])
  if ARGV[9] == '1' then bumpRev() end
  note(by, ARGV[7], '', ARGV[8])
  return answer('ok', inside(), waiting)
`);

export const NOTE = define(`${ACTION_LUA}
  note(by, ARGV[5], '', '')
  return answer('ok', inside())
`);
