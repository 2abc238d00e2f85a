import "server-only";
import { AppError } from "#lib/errors.ts";
import type { PersonKey, RoomCode } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord, toTexts } from "#lib/redis/script.ts";
import { withoutDeadSession } from "#lib/seats/liveness.ts";
import { parsePlace } from "#lib/seats/place-repository.ts";
import { PLACE_LUA } from "#lib/seats/place-lua.ts";
import type { EntryFacts } from "./decide-entry.ts";
import { LOBBY_LUA } from "./lobby-lua.ts";
import { parseDenials, parseTicket, ticketFields } from "./ticket-fields.ts";
import { SILENCE_LIMIT_MS, type Ticket } from "./ticket.ts";

/** The facts of a decision, and what they were in Redis, by which a store finds out whether they still hold. */
export type ReadEntry = EntryFacts & {
  /** 1 is next; 0 for a ticket that waits no more. */
  queuePlace: number;
  stored: { sessionId: string; ticket: string; denials: string };
};

// ARGV: 1 person, 2 now, 3 silence. Whoever asks is there, so a waiting ticket is touched.
const READ = defineScript(
  `${PLACE_LUA}${LOBBY_LUA}
  local prefix, person, now = KEYS[1], ARGV[1], ARGV[2]
  if redis.call('EXISTS', prefix .. 'room') == 0 then return {} end
  purge(prefix, now)
  local id = person ~= '' and redis.call('HGET', prefix .. 'tickets', person)
  if id then touch(prefix, id, now, ARGV[3]) end
  local ticket = id and ticket_answer(prefix, id) or {{}, 0}
  local denials = person ~= '' and redis.call('HGET', prefix .. 'denials', person) or ''
  return { place(prefix, person, now), ticket, denials }
`,
  { isIdempotent: true },
);

/**
 * What a person is to a room, and the request they may have made, in one step. A waiting request counts as heard of.
 *
 * @returns undefined when there is no such room.
 * @throws AppError `unavailable`
 */
export async function readEntry(
  code: RoomCode,
  personKey: PersonKey | undefined,
  nowMs: number,
): Promise<ReadEntry | undefined> {
  const answer = await READ([keys.prefix(code)], [personKey ?? "", nowMs, SILENCE_LIMIT_MS]);
  const [placeAnswer, ticketAnswer, denialsText] = Array.isArray(answer) ? answer : [];
  const place = parsePlace(placeAnswer ?? null, personKey);
  if (!place) return undefined;
  const { ticket, queuePlace, stamp } = parseTicketAnswer(ticketAnswer);
  const denials = String(denialsText ?? "");
  const stored = { sessionId: place.session?.sessionId ?? "", ticket: stamp, denials };
  const alive = withoutDeadSession(place, nowMs);
  // A verdict of a meeting that is over is none.
  const isOver = place.session !== undefined && alive.session === undefined;
  if (!isOver) return { place, ticket, denials: parseDenials(denials), queuePlace, stored };
  const waiting = ticket?.status === "waiting" ? ticket : undefined;
  return { place: alive, ticket: waiting, denials: parseDenials(""), queuePlace, stored };
}

/** `stamp` is what a store compares: which ticket it was, and its state. */
function parseTicketAnswer(answer: ScriptAnswer | undefined) {
  const [flat, queuePlace] = Array.isArray(answer) ? answer : [];
  const fields = toRecord(flat);
  const stamp = fields.status ? `${fields.id}|${fields.status}` : "";
  return { ticket: parseTicket(fields), queuePlace: Number(queuePlace ?? 0), stamp };
}

// ARGV: 1 now, 2 rev, 3 person, 4 ticket and 5 denials as they were read, 6 id, 7 LobbyIdentity, 8 when it lapses unheard,
// 9 how many may wait, 10 lifetime, 11… fields
const ASK = defineScript(
  `${LOBBY_LUA}
  local prefix, now, person, id = KEYS[1], ARGV[1], ARGV[3], ARGV[6]
  if redis.call('HGET', prefix .. 'room', 'rev') ~= ARGV[2] then return { 'changed' } end
  purge(prefix, now)
  local before = redis.call('HGET', prefix .. 'tickets', person)
  -- The first run of this very request was cut on its way back.
  if before == id then return { 'ok', ticket_answer(prefix, id), hosts_of(prefix, now) } end
  local status = before and redis.call('HGET', prefix .. 'ticket:' .. before, 'status')
  if (status and before .. '|' .. status or '') ~= ARGV[4] then return { 'changed' } end
  if (redis.call('HGET', prefix .. 'denials', person) or '') ~= ARGV[5] then return { 'changed' } end
  if redis.call('ZCARD', prefix .. 'queue') >= tonumber(ARGV[9]) then return { 'full' } end
  if before then
    local lobby = redis.call('HGET', prefix .. 'ticket:' .. before, 'lobbyIdentity')
    if lobby then redis.call('HDEL', prefix .. 'lobby', lobby) end
    redis.call('DEL', prefix .. 'ticket:' .. before)
  end
  redis.call('HSET', prefix .. 'ticket:' .. id, unpack(ARGV, 11))
  redis.call('HSET', prefix .. 'tickets', person, id)
  redis.call('HSET', prefix .. 'lobby', ARGV[7], id)
  redis.call('ZADD', prefix .. 'queue', now, id)
  redis.call('ZADD', prefix .. 'lapses', ARGV[8], id)
  for _, name in ipairs({'tickets', 'lobby', 'queue', 'lapses', 'ticket:' .. id}) do
    redis.call('PEXPIRE', prefix .. name, ARGV[10])
  end
  return { 'ok', ticket_answer(prefix, id), hosts_of(prefix, now) }
`,
  { isIdempotent: true },
);

/**
 * Puts a request into the queue, one to a person.
 *
 * @returns its place there, and the hosts to tell.
 * @throws AppError `changed_meanwhile` when rights, an earlier request or denials changed: decide anew.
 * @throws AppError `lobby_full`, `unavailable`
 */
export async function storeTicket(
  ticket: Ticket,
  read: ReadEntry,
  maxWaiting: number,
): Promise<{ queuePlace: number; hosts: string[] }> {
  const { room } = read.place;
  const lapsesAtMs = Math.min(ticket.expiresAtMs, ticket.askedAtMs + SILENCE_LIMIT_MS);
  const answer = await ASK(
    [keys.prefix(room.code)],
    [
      ticket.askedAtMs,
      room.rev,
      ticket.personKey,
      read.stored.ticket,
      read.stored.denials,
      ticket.id,
      ticket.lobbyIdentity,
      lapsesAtMs,
      maxWaiting,
      TTL_MS.decidedTicket,
      ...ticketFields(ticket),
    ],
  );
  const [status, stored, hosts] = Array.isArray(answer) ? answer : [];
  if (status === "full") throw new AppError("lobby_full", { retryAfterSeconds: 30 });
  if (status !== "ok") throw new AppError("changed_meanwhile");
  return { queuePlace: parseTicketAnswer(stored).queuePlace, hosts: toTexts(hosts) };
}
