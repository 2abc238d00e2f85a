import type { RoomCode } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord, toTexts } from "#lib/redis/script.ts";

const SNAPSHOT = defineScript(
  `
  local prefix = KEYS[1]
  local function hash(name) return redis.call('HGETALL', prefix .. name) end
  local function scores(name) return redis.call('ZRANGE', prefix .. name, 0, -1, 'WITHSCORES') end
  local seats, tickets = {}, {}
  for _, identity in ipairs(redis.call('HKEYS', prefix .. K.identities)) do seats[#seats + 1] = hash(K.seat .. identity) end
  for _, id in ipairs(redis.call('HVALS', prefix .. K.tickets)) do tickets[#tickets + 1] = hash(K.ticket .. id) end
  return {
    hash(K.room), hash(K.session), hash(K.roles), hash(K.bans), hash(K.expelled), hash(K.identities), hash(K.tickets), hash(K.lobby),
    scores(K.seats), scores(K.hosts), scores(K.queue), scores(K.lapses), scores(K.stale), seats, tickets
  }
`,
  { isIdempotent: true },
);

export type Snapshot = Awaited<ReturnType<typeof readSnapshot>>;

/** All of a room's data in Redis, read in one step. */
export async function readSnapshot(code: RoomCode) {
  const answer = list(await SNAPSHOT([keys.prefix(code)], []));
  const [room, session, roles, bans, expelled, identities, tickets, lobby] = answer.slice(0, 8).map(toRecord);
  const [held, hosts, queue, lapses, stale] = answer.slice(8, 13).map(scoresOf);
  return {
    room: room ?? {},
    session: session ?? {},
    roles: roles ?? {},
    bans: bans ?? {},
    expelled: expelled ?? {},
    identities: identities ?? {},
    tickets: tickets ?? {},
    lobby: lobby ?? {},
    held: held ?? new Map<string, number>(),
    hosts: hosts ?? new Map<string, number>(),
    queue: queue ?? new Map<string, number>(),
    lapses: lapses ?? new Map<string, number>(),
    stale: stale ?? new Map<string, number>(),
    seats: new Map(list(answer[13]).map((seat) => byId(seat, "identity"))),
    requests: new Map(list(answer[14]).map((ticket) => byId(ticket, "id"))),
  };
}

function byId(flat: ScriptAnswer, id: string): [string, Record<string, string>] {
  const fields = toRecord(flat);
  return [fields[id] ?? "", fields];
}

function scoresOf(flat: ScriptAnswer): Map<string, number> {
  const texts = toTexts(flat);
  return new Map(texts.flatMap((member, at) => (at % 2 === 0 ? [[member, Number(texts[at + 1])] as const] : [])));
}

function list(answer: ScriptAnswer | undefined): ScriptAnswer[] {
  return Array.isArray(answer) ? answer : [];
}
