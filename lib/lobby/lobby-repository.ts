import "server-only";
import { AppError } from "#lib/errors.ts";
import { LobbyIdentity, type PersonKey, type RoomCode } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord, toTexts } from "#lib/redis/script.ts";
import { replicaFrom } from "#lib/revisions.ts";
import { withoutDeadSession } from "#lib/seats/liveness.ts";
import { parsePlace } from "#lib/seats/place-repository.ts";
import { PLACE_LUA } from "#lib/seats/place-lua.ts";
import { ASK_LUA } from "./ask-lua.ts";
import type { EntryFacts } from "./decide-entry.ts";
import { LOBBY_LUA } from "./lobby-lua.ts";
import { parseDenials, parseTicket, ticketFields } from "./ticket-fields.ts";
import { NEVER_DENIED, SILENCE_LIMIT_MS, type Ticket } from "./ticket.ts";

/** The facts of a decision, and their state in Redis, which a later script compares. */
export type ReadEntry = EntryFacts & {
  /** 1 is next; 0 for a ticket that no longer waits. */
  queuePlace: number;
  stored: { sessionId: string; ticket: string; denials: string };
};

// ARGV: 1 person, 2 now, 3 silence, 4 address. The request proves that the guest is present, so a waiting ticket is touched.
const READ = defineScript(
  `${PLACE_LUA}${LOBBY_LUA}
  local prefix, person, now = KEYS[1], ARGV[1], ARGV[2]
  if redis.call('EXISTS', prefix .. K.room) == 0 then return {} end
  purge(prefix, now)
  local id = person ~= '' and redis.call('HGET', prefix .. K.tickets, person)
  if id then touch(prefix, id, now, ARGV[3]) end
  local ticket = id and ticket_answer(prefix, id) or {{}, 0}
  local network = {
    redis.call('HEXISTS', prefix .. K.removedAddresses, ARGV[4]), redis.call('HEXISTS', prefix .. K.bannedAddresses, ARGV[4])
  }
  return { place(prefix, person, now), ticket, denials_of(prefix, person, ARGV[4]), network }
`,
  { isIdempotent: true },
);

/** Time between two touches of a waiting guest, in milliseconds: with a lobby connection, and with polling alone. */
const [TOUCH_CONNECTED_MS, TOUCH_POLLING_MS] = [8_000, 3_000];

// As READ, for requests in which READ would write nothing important; otherwise the answer is {}.
// ARGV: 1 person, 2 now, 3 address
const LOOK = defineScript(
  `${PLACE_LUA}${LOBBY_LUA}
  local prefix, person, now = KEYS[1], ARGV[1], ARGV[2]
  if is_purge_due(prefix, now) then return {} end
  local id = person ~= '' and redis.call('HGET', prefix .. K.tickets, person)
  local own = id and redis.call('HMGET', prefix .. K.ticket .. id, 'status', 'lastSeenAtMs', 'isConnected') or {}
  local isTouchDue = tonumber(now) - tonumber(own[2] or '0') >= (own[3] == '1' and ${TOUCH_CONNECTED_MS} or ${TOUCH_POLLING_MS})
  if own[1] == 'waiting' and isTouchDue then return {} end
  local network = {
    redis.call('HEXISTS', prefix .. K.removedAddresses, ARGV[3]), redis.call('HEXISTS', prefix .. K.bannedAddresses, ARGV[3])
  }
  return { place(prefix, person, now), id and ticket_answer(prefix, id) or {{}, 0}, denials_of(prefix, person, ARGV[3]), network }
`,
  { isReadOnly: true },
);

async function ask(code: RoomCode, { personKey, addressKey }: Looker, nowMs: number): Promise<ScriptAnswer[]> {
  const [prefix, person] = [keys.prefix(code), personKey ?? ""];
  const look = replicaFrom() === undefined ? [] : await LOOK([prefix], [person, nowMs, addressKey]);
  if (Array.isArray(look) && look.length > 0) return look;
  const answer = await READ([prefix], [person, nowMs, SILENCE_LIMIT_MS, addressKey]);
  return Array.isArray(answer) ? answer : [];
}

/** The reader: their person key, if known, and their network address. */
export type Looker = { personKey: PersonKey | undefined; addressKey: string };

/**
 * Reads a person's access to a room and their request, if any, in one step. Reading counts as contact with a waiting guest. A
 * replica can answer read-only requests, unless there is something to write.
 *
 * @returns undefined when there is no such room.
 * @throws AppError `unavailable`
 */
export async function readEntry(
  code: RoomCode,
  { personKey, addressKey }: Looker,
  nowMs: number,
): Promise<ReadEntry | undefined> {
  const [placeAnswer, ticketAnswer, denialsText, network] = await ask(code, { personKey, addressKey }, nowMs);
  const place = parsePlace(placeAnswer ?? null, personKey);
  if (!place) return undefined;
  const { ticket, queuePlace, stamp } = parseTicketAnswer(ticketAnswer);
  const denials = String(denialsText ?? "");
  const [own = "", ofNetwork = ""] = denials.split(";");
  const [isRemovedFrom, isBannedFrom] = toTexts(network).map((bit) => bit === "1");
  const stored = { sessionId: place.session?.sessionId ?? "", ticket: stamp, denials };
  const alive = withoutDeadSession(place, nowMs);
  // Verdicts and removals end with their meeting; bans outlive it.
  const isOver = place.session !== undefined && alive.session === undefined;
  if (isOver) {
    const waiting = ticket?.status === "waiting" ? ticket : undefined;
    const after = { isRemoved: isBannedFrom ?? false, denials: NEVER_DENIED };
    return { place: alive, ticket: waiting, denials: NEVER_DENIED, network: after, queuePlace, stored };
  }
  const isRemoved = (isRemovedFrom ?? false) || (isBannedFrom ?? false);
  const facts = { denials: parseDenials(own), network: { isRemoved, denials: parseDenials(ofNetwork) } };
  return { place, ticket, ...facts, queuePlace, stored };
}

/** `stamp` holds what the scripts compare: the ticket's id and status. */
function parseTicketAnswer(answer: ScriptAnswer | undefined) {
  const [flat, queuePlace] = Array.isArray(answer) ? answer : [];
  const fields = toRecord(flat);
  const stamp = fields.status ? `${fields.id}|${fields.status}` : "";
  return { ticket: parseTicket(fields), queuePlace: Number(queuePlace ?? 0), stamp };
}

const ASK = defineScript(ASK_LUA, { isIdempotent: true });

/** Limits on waiting guests, in all and per address. Signed-in users have as many spots of their own. */
export type Places = { maxWaiting: number; share: number };

/** The request's queue position, the hosts to notify, and the guest who lost their spot to it. */
export type Stored = { queuePlace: number; hosts: string[]; lost: LobbyIdentity[] };

/**
 * Puts a request into the queue, one per person.
 *
 * @throws AppError `changed_meanwhile` when rights, an earlier request or denials changed: decide again.
 * @throws AppError `lobby_full`, `unavailable`
 */
export async function storeTicket(ticket: Ticket, read: ReadEntry, { maxWaiting, share }: Places): Promise<Stored> {
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
      share,
      ticket.kind,
      ticket.addressKey,
      ...ticketFields(ticket),
    ],
  );
  const [status, stored, hosts, lost] = Array.isArray(answer) ? answer : [];
  if (status === "full") throw new AppError("lobby_full", { retryAfterSeconds: 30 });
  if (status !== "ok") throw new AppError("changed_meanwhile");
  const losers = toTexts(lost).flatMap((text) => LobbyIdentity.safeParse(text).data ?? []);
  return { queuePlace: parseTicketAnswer(stored).queuePlace, hosts: toTexts(hosts), lost: losers };
}
