import "server-only";
import { RoomCode } from "#lib/ids.ts";
import { asList } from "#lib/moderation/moderation-repository.ts";
import { HOST_GRACE_MS } from "#lib/seats/liveness.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript } from "#lib/redis/script.ts";
import { ENTITLEMENT_LUA } from "./entitlement-lua.ts";
import { type Entitled, WAITING_LUA, parseEntitled } from "./entitlement-repository.ts";
import type { MediaRoom } from "./media-room.ts";

/** Identities of one LiveKit room: those that LiveKit lists, and others that were connected within the last minute. */
export type RoomQuestion = { media: MediaRoom; connected: readonly string[]; gone: readonly string[] };

/** What Redis knows of one LiveKit room. */
export type RoomAnswer = {
  /** Undefined for an unknown session. */
  code: RoomCode | undefined;
  /** Participants with a right to be in the meeting, and their rights. Empty for a lobby. */
  entitled: ReadonlyMap<string, Entitled>;
  /** Guests who wait, or were admitted and are about to leave. Empty for a meeting. */
  waiting: ReadonlySet<string>;
  /** When a new host is due: a minute after the last one left. Now, when a departure was not recorded yet. */
  hostDueAtMs: number | undefined;
  /** The meeting has reached its length limit. */
  isOverTime: boolean;
};

export type SweepAnswer = {
  rooms: RoomAnswer[];
  /** Identifies the data set in Redis that answered; undefined while no gatekeeper has set it. */
  epoch: string | undefined;
};

// KEYS: 1 epoch, then the code of each room's session. ARGV: 1 JSON of { now, until, grace, before, after, rooms: [{ session, leg, connected, gone }] }; leg is '' for a lobby.
const SWEEP = defineScript(
  `${ENTITLEMENT_LUA}${WAITING_LUA}
  local asked = cjson.decode(ARGV[1])

  local function host_due(prefix)
    local session = redis.call('HMGET', prefix .. K.session, 'hostGoneSinceMs', 'hadHost')
    if session[1] then return string.format('%.0f', tonumber(session[1]) + asked.grace) end
    local isHostless = session[2] == '1' and redis.call('ZCOUNT', prefix .. K.hosts, '(' .. asked.now, '+inf') == 0
    return isHostless and string.format('%.0f', asked.now) or ''
  end

  local function is_over(prefix, sessionId)
    local session = redis.call('HMGET', prefix .. K.session, 'sessionId', 'endsAtMs')
    return session[1] == sessionId and session[2] and tonumber(session[2]) <= asked.now
  end

  local answers = {}
  for i, room in ipairs(asked.rooms) do
    local code = redis.call('GET', KEYS[i + 1])
    local prefix, found, hostDue, isOver = nil, {}, '', 0
    if code then
      prefix = asked.before .. code .. asked.after
      if room.leg ~= '' then hostDue = host_due(prefix) end
      if room.leg ~= '' and is_over(prefix, room.session) then isOver = 1 end
    end
    local function judge(identity, isConnected)
      if not prefix then return 0 end
      if room.leg == '' then return is_waiting(prefix, room.session, identity) and 1 or 0 end
      local verdict, facts
      if isConnected then
        verdict, facts = entitled_here(prefix, room.session, room.leg, identity, asked.now, asked['until'])
      else
        verdict, facts = entitlement(prefix, room.session, room.leg, identity)
      end
      return verdict == 'ok' and facts or 0
    end
    for _, identity in ipairs(room.connected) do found[#found + 1] = judge(identity, true) end
    for _, identity in ipairs(room.gone) do found[#found + 1] = judge(identity, false) end
    answers[i] = { code or '', hostDue, found, isOver }
  end
  return { redis.call('GET', KEYS[1]) or '', answers }
`,
  { isIdempotent: true },
);

/**
 * Who of these is entitled to be where they are, in one script. Answers are in the order of the rooms. A connected participant who
 * is entitled holds a seat from here on, as with `readEntitled`; one who has gone is only looked up.
 *
 * @throws AppError `unavailable`
 */
export async function readSweep(rooms: readonly RoomQuestion[], nowMs: number): Promise<SweepAnswer> {
  const [before, after] = keys.aroundCode;
  const asked = rooms.map(({ media, connected, gone }) => ({
    session: media.sessionId,
    leg: media.kind === "meeting" ? media.leg : "",
    connected,
    gone,
  }));
  const times = { now: nowMs, until: nowMs + TTL_MS.seatReserved, grace: HOST_GRACE_MS };
  const question = JSON.stringify({ ...times, before, after, rooms: asked });
  const names = rooms.map(({ media }) => keys.sessionCode(media.sessionId));
  const [epoch, answers] = asList(await SWEEP([keys.epoch, ...names], [question]));
  const all = asList(answers);
  return { epoch: String(epoch) || undefined, rooms: rooms.map((room, index) => parseRoom(room, all[index])) };
}

function parseRoom({ media, connected, gone }: RoomQuestion, answer: ScriptAnswer | undefined): RoomAnswer {
  const [code, hostDue, found, isOver] = asList(answer);
  const facts = asList(found);
  const isMeeting = media.kind === "meeting";
  const entitled = isMeeting ? facts.flatMap((one) => parseEntitled(one) ?? []) : [];
  return {
    code: RoomCode.safeParse(code).data,
    entitled: new Map(entitled.map((one) => [one.identity, one])),
    waiting: new Set(isMeeting ? [] : [...connected, ...gone].filter((_, index) => facts[index] === 1)),
    hostDueAtMs: hostDue ? Number(hostDue) : undefined,
    isOverTime: isOver === 1,
  };
}
