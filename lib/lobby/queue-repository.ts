import "server-only";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { LobbyIdentity, type RoomCode, TicketId } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toTexts } from "#lib/redis/script.ts";
import { EntrantKind } from "#lib/rooms/participant-kind.ts";
import { ACTIVITY_LOG_LUA } from "#lib/seats/activity-log-lua.ts";
import { LOOK_LUA } from "#lib/seats/look-lua.ts";
import { SESSION_LUA } from "#lib/seats/session-lua.ts";
import { LOBBY_LUA } from "./lobby-lua.ts";
import type { Verdict, WaitingGuest } from "./lobby-schema.ts";
import { parseDenials } from "./ticket-fields.ts";
import { QUIET_MS } from "./ticket.ts";

/** The most that can wait in any room: guests and signed-in users. */
const MOST_LISTED = 2_000;

// ARGV: 1 now, 2 limit
const LIST = defineScript(
  `${LOBBY_LUA}${LOOK_LUA}
  local prefix, found = KEYS[1], {}
  local isPurgeDue = is_purge_due(prefix, ARGV[1]) and 1 or 0
  if refuses_all(prefix) then return { isPurgeDue, found } end
  for _, id in ipairs(redis.call('ZRANGE', prefix .. K.queue, 0, tonumber(ARGV[2]) - 1)) do
    local hasLapsed = tonumber(redis.call('ZSCORE', prefix .. K.lapses, id) or '0') <= tonumber(ARGV[1])
    local t = hasLapsed and {} or redis.call('HMGET', prefix .. K.ticket .. id, 'name', 'kind', 'askedAtMs', 'isConnected', 'listedUntilMs', 'personKey', 'addressKey', 'look', 'isHidden')
    if t[1] and t[6] and tonumber(t[5] or '0') > tonumber(ARGV[1]) then
      local address = t[7] or ''
      local isLikeRemoved = redis.call('HEXISTS', prefix .. K.removedAddresses, address) == 1
        or redis.call('HEXISTS', prefix .. K.bannedAddresses, address) == 1
      local isLikeHost = looks_like_host(prefix, t[6], t[8] or '', ARGV[1])
      local denials = denials_of(prefix, t[6], address)
      found[#found + 1] = { id, t[1], t[2], t[3], t[4], t[5], denials, isLikeRemoved and 1 or 0, isLikeHost and 1 or 0, t[9] == '1' and t[4] ~= '1' and 1 or 0 }
    end
  end
  return { isPurgeDue, found }
`,
  { isReadOnly: true },
);

// ARGV: 1 now
const PURGE = defineScript(`${LOBBY_LUA} purge(KEYS[1], ARGV[1])`, { isIdempotent: true });

const count = z.coerce.number().nonnegative();
const bit = z.coerce.number().transform((value) => value === 1);
const Row = z.tuple([TicketId, z.string(), EntrantKind, count, z.string(), count, z.string(), bit, bit, bit]);

/** A guest who polled within this time is present even without a lobby connection, in milliseconds. */
const POLLS_WITHIN_MS = 10_000;

/** Waiting guests, longest first. @throws AppError `unavailable` */
export async function listQueue(code: RoomCode, nowMs: number): Promise<WaitingGuest[]> {
  const [isPurgeDue, rows] = asList(await LIST([keys.prefix(code)], [nowMs, MOST_LISTED]));
  // The list is correct without this. It keeps overdue tickets from staying until the next request to join.
  if (isPurgeDue === 1) await PURGE([keys.prefix(code)], [nowMs]);
  return Array.isArray(rows) ? rows.flatMap((row) => parseRow(row, nowMs)) : [];
}

function parseRow(row: ScriptAnswer, nowMs: number): WaitingGuest[] {
  const parsed = Row.safeParse(row);
  if (!parsed.success) return [];
  const [ticketId, name, kind, askedAtMs, connected, listedUntilMs, denials, ...bits] = parsed.data;
  const [isLikeRemoved, isLikeHost, isAsleep] = bits;
  const [own = "", ofNetwork = ""] = denials.split(";");
  const isConnected = connected === "1" || listedUntilMs - nowMs > QUIET_MS - POLLS_WITHIN_MS;
  return [
    {
      ticketId,
      name,
      kind,
      askedAtMs,
      isConnected,
      isAsleep,
      listedUntilMs,
      denials: parseDenials(own).count,
      networkDenials: parseDenials(ofNetwork).count,
      isLikeRemoved,
      isLikeHost,
    },
  ];
}

// ARGV: 1 now, 2 rev, 3 verdict, 4 deciding host, 5 lifetime of the ticket, 6 of the session, 7 `1` for all, 8… tickets.
// Admitting a user clears their earlier removal: a host wants them in the meeting.
const DECIDE = defineScript(
  `${SESSION_LUA}${LOBBY_LUA}${ACTIVITY_LOG_LUA}
  local prefix, now, verdict, by = KEYS[1], ARGV[1], ARGV[3], ARGV[4]
  if redis.call('HGET', prefix .. K.room, 'rev') ~= ARGV[2] then return { 'changed' } end
  purge(prefix, now)

  local function note(name)
    local what = verdict == 'admitted' and 'admit' or 'deny'
    write_log(prefix, ARGV[6], { atMs = tonumber(now), by = by, what = what, target = name, detail = '' })
  end

  local function count_denial(who)
    local denials = redis.call('HGET', prefix .. K.denials, who) or '0'
    redis.call('HSET', prefix .. K.denials, who, (tonumber(string.match(denials, '^%d+')) + 1) .. '|' .. now)
  end

  local function decide(id)
    local key = prefix .. K.ticket .. id
    local t = redis.call('HMGET', key, 'status', 'personKey', 'name', 'lobbyIdentity', 'addressKey', 'askedAtMs')
    local network = t[5] and t[5] ~= '' and 'from:' .. t[5]
    if not t[1] then return { id, 'unknown', '' } end
    if t[1] ~= 'waiting' then return { id, t[1], t[4] } end
    settle(prefix, id, verdict, '', now)
    redis.call('HSET', key, 'decidedAtMs', now, 'decidedBy', by)
    belongs(prefix, K.ticket .. id, ARGV[5])
    if verdict == 'denied' then
      count_denial(t[2])
      if network then count_denial(network) end
    else
      redis.call('HDEL', prefix .. K.expelled, t[2])
      -- The host wants users from there: others behind the same address must not suffer for one denial.
      if network then redis.call('HDEL', prefix .. K.denials, network) end
    end
    note(t[3])
    return { id, 'done', t[4], t[6] }
  end

  local ids, outcomes = {}, {}
  if ARGV[7] == '1' then ids = redis.call('ZRANGE', prefix .. K.queue, 0, -1) end
  for i = 8, #ARGV do ids[#ids + 1] = ARGV[i] end
  for i, id in ipairs(ids) do outcomes[i] = decide(id) end
  belongs(prefix, K.log, ARGV[6])
  belongs(prefix, K.denials, ARGV[6])
  for _, name in ipairs({ K.tickets, K.lobby }) do keep(prefix .. name, ARGV[5]) end
  return { 'ok', outcomes, hosts_of(prefix, now) }
`,
  { isIdempotent: true },
);

const OutcomeRow = z.tuple([TicketId, z.string(), z.union([LobbyIdentity, z.literal("")]), count.optional()]);
/** `status` is `done` for a ticket decided now (with `askedAtMs`), `unknown`, or the ticket's earlier status. */
export type Outcome = {
  ticketId: TicketId;
  status: string;
  lobbyIdentity: LobbyIdentity | undefined;
  askedAtMs?: number;
};

/** The outcome for each ticket, and the hosts to notify. */
export type Decided = { outcomes: Outcome[]; hosts: string[] };

export type Deciding = { code: RoomCode; rev: number; verdict: Verdict; by: string; nowMs: number };

/**
 * Decides on the listed tickets, or on all that wait, in one step.
 *
 * @throws AppError `changed_meanwhile` when rights changed since they were read.
 * @throws AppError `unavailable`
 */
export async function storeVerdicts(
  { code, rev, verdict, by, nowMs }: Deciding,
  tickets: readonly TicketId[] | "all",
): Promise<Decided> {
  const listed = tickets === "all" ? ["1"] : ["0", ...tickets];
  const args = [nowMs, rev, verdict, by, TTL_MS.decidedTicket, TTL_MS.session, ...listed];
  const [status, outcomes, hosts] = asList(await DECIDE([keys.prefix(code)], args));
  if (status !== "ok") throw new AppError("changed_meanwhile");
  return { outcomes: asList(outcomes).map(parseOutcome), hosts: toTexts(hosts) };
}

function parseOutcome(row: ScriptAnswer): Outcome {
  const [ticketId, status, lobbyIdentity, askedAtMs] = OutcomeRow.parse(row);
  return { ticketId, status, lobbyIdentity: lobbyIdentity || undefined, ...(askedAtMs !== undefined && { askedAtMs }) };
}

function asList(answer: ScriptAnswer | undefined): ScriptAnswer[] {
  return Array.isArray(answer) ? answer : [];
}
