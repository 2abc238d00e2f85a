import "server-only";
import { z } from "zod";
import type { Identity, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript } from "#lib/redis/script.ts";
import { ParticipantKind } from "#lib/rooms/participant-kind.ts";
import { RoleSchema } from "#lib/rooms/room-schema.ts";
import { ROLE_AND_LOG_LUA } from "./moderation-lua.ts";
import { type Outcome, asList, parseOutcome } from "./moderation-repository.ts";
import type { Candidate } from "./succession.ts";

// Session fields: hostGoneSinceMs (since when no host is present), heir (the acting host's PersonKey), heirWas (their earlier role).
// ARGV of all scripts: 1 now, 2 lifetime of session data.
const HEAD = `
local prefix, now, ttl = KEYS[1], tonumber(ARGV[1]), ARGV[2]
local session = prefix .. K.session
-- Session data must not outlive the session.
local rest = redis.call('PTTL', session)
if rest > 0 and rest < tonumber(ttl) then ttl = rest end
${ROLE_AND_LOG_LUA}

-- A meeting without a host so far has no role to inherit. Opening it sets hostSeenAtMs, even when a participant opens it.
local function hadHost()
  local seen = redis.call('HMGET', session, 'hadHost', 'hostSeenAtMs', 'startedAtMs')
  return seen[1] == '1' or tonumber(seen[2] or '0') > tonumber(seen[3] or '0')
end

-- Restores the acting host's previous role; returns their seats.
local function dethrone()
  local heir = redis.call('HGET', session, 'heir')
  if not heir or heir == '' then return {} end
  local was = redis.call('HGET', session, 'heirWas')
  redis.call('HDEL', session, 'heir', 'heirWas')
  if redis.call('HGET', prefix .. K.roles, heir) ~= 'host' then return {} end
  if was == 'cohost' then
    redis.call('HSET', prefix .. K.roles, heir, 'cohost')
  else
    redis.call('HDEL', prefix .. K.roles, heir)
  end
  local people = {}
  for _, identity in ipairs(seatsOf(heir)) do
    if was ~= 'cohost' then redis.call('ZREM', prefix .. K.hosts, identity) end
    people[#people + 1] = personOf(identity)
  end
  return people
end
`;

/**
 * Returns { hostGoneSinceMs, { seat… } }, each seat { identity, personKey, role, kind, status, joinedAtMs }. Starts the clock
 * when no host is present.
 */
const WATCH = defineScript(
  `${HEAD}
  local inside, isHostHere, isCohostHere = {}, false, false
  for _, identity in ipairs(redis.call('ZRANGEBYSCORE', prefix .. K.seats, '(' .. now, '+inf')) do
    local seat = redis.call('HMGET', prefix .. K.seat .. identity, 'personKey', 'kind', 'status', 'joinedAtMs')
    if seat[1] and seat[3] ~= 'removed' then
      local role = roleOf(seat[1])
      if role == 'host' and seat[3] ~= 'away' then isHostHere = true end
      if role == 'cohost' then isCohostHere = true end
      inside[#inside + 1] = { identity, seat[1], role, seat[2], seat[3], seat[4] }
    end
  end
  if isHostHere then
    redis.call('HSET', session, 'hadHost', 1, 'hostSeenAtMs', now)
    redis.call('HDEL', session, 'hostGoneSinceMs')
  elseif hadHost() then
    -- Co-hosts refresh hostSeenAtMs. Without one it is the time the host last reported, in case their departure went unnoticed.
    local seen = tonumber(redis.call('HGET', session, 'hostSeenAtMs') or '0')
    redis.call('HSETNX', session, 'hostGoneSinceMs', (isCohostHere or seen == 0) and now or math.min(seen, now))
  end
  return { redis.call('HGET', session, 'hostGoneSinceMs') or '', inside }
`,
  { isIdempotent: true },
);

/** Compare and set. ARGV 3: hostGoneSinceMs at the decision. 4: seat of the successor. 5: their role at the decision. */
const SUCCEED = defineScript(
  `${HEAD}
  if redis.call('HGET', session, 'hostGoneSinceMs') ~= ARGV[3] then return { 'changed_meanwhile' } end
  local seat = redis.call('HMGET', prefix .. K.seat .. ARGV[4], 'personKey', 'name', 'status')
  local person = seat[1]
  if not person or seat[3] ~= 'present' or roleOf(person) ~= ARGV[5] then return { 'changed_meanwhile' } end
  local people = dethrone()
  redis.call('HSET', prefix .. K.roles, person, 'host')
  redis.call('PEXPIRE', prefix .. K.roles, ttl)
  redis.call('HSET', session, 'heir', person, 'heirWas', ARGV[5])
  redis.call('HDEL', session, 'hostGoneSinceMs')
  for _, identity in ipairs(seatsOf(person)) do
    local held = redis.call('ZSCORE', prefix .. K.seats, identity)
    if held then redis.call('ZADD', prefix .. K.hosts, held, identity) end
    people[#people + 1] = personOf(identity)
  end
  redis.call('PEXPIRE', prefix .. K.hosts, ttl)
  bumpRev()
  note('', 'became-host', seat[2], '')
  return answer('ok', people)
`,
  { isIdempotent: false },
);

/** The owner is back: the acting host gets their previous role. ARGV 3: the owner's seat. */
const REGAIN = defineScript(
  `${HEAD}
  local seat = redis.call('HMGET', prefix .. K.seat .. ARGV[3], 'personKey', 'name', 'status')
  if not seat[1] or seat[3] == 'removed' then return answer('same', {}) end
  if seat[1] ~= redis.call('HGET', prefix .. K.room, 'ownerId') then return answer('same', {}) end
  redis.call('HSET', session, 'hadHost', 1)
  redis.call('HDEL', session, 'hostGoneSinceMs')
  if (redis.call('HGET', session, 'heir') or '') == '' then return answer('same', {}) end
  local people = dethrone()
  bumpRev()
  note('', 'became-host', seat[2], '')
  return answer('ok', people)
`,
  { isIdempotent: true },
);

const CandidateFields = z.tuple([
  z.string(),
  z.string(),
  RoleSchema,
  ParticipantKind,
  z.enum(["reserved", "present", "away"]),
  z.coerce.number(),
]);

/** Since when no host is present, and who is in the meeting. Starts the clock if it is not running. */
export async function readHostlessness(
  code: RoomCode,
  nowMs: number,
): Promise<{ hostGoneSinceMs: number | undefined; inside: Candidate[] }> {
  const [goneSince, seats] = asList(await WATCH([keys.prefix(code)], [nowMs, TTL_MS.session]));
  return { hostGoneSinceMs: goneSince ? Number(goneSince) : undefined, inside: asList(seats).flatMap(parseCandidate) };
}

/** Makes the successor host. @throws AppError `changed_meanwhile` when the facts of the decision have changed. */
export async function storeSuccession(
  code: RoomCode,
  hostGoneSinceMs: number,
  { identity, role }: Candidate,
  nowMs: number,
): Promise<Outcome> {
  return parseOutcome(await SUCCEED([keys.prefix(code)], [nowMs, TTL_MS.session, hostGoneSinceMs, identity, role]));
}

export async function storeOwnersReturn(code: RoomCode, owner: Identity, nowMs: number): Promise<Outcome> {
  return parseOutcome(await REGAIN([keys.prefix(code)], [nowMs, TTL_MS.session, owner]));
}

function parseCandidate(answer: ScriptAnswer): Candidate[] {
  const parsed = CandidateFields.safeParse(answer);
  if (!parsed.success) return [];
  const [identity, personKey, role, kind, status, joinedAtMs] = parsed.data;
  return [{ identity, personKey, role, kind, status, joinedAtMs }];
}
