import "server-only";
import type { z } from "zod";
import type { Identity, RoomCode } from "#lib/ids.ts";
import { describeError, log } from "#lib/log.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { type ScriptAnswer, defineScript, toRecord } from "#lib/redis/script.ts";
import { ChatMessage } from "#lib/rooms/chat-message.ts";
import { parseLegs } from "#lib/seats/place-fields.ts";
import { LOOK_LUA } from "#lib/seats/look-lua.ts";
import { ROLE_LUA } from "#lib/seats/role-lua.ts";
import { SESSION_LUA } from "#lib/seats/session-lua.ts";
import type { Leg } from "#lib/seats/seat.ts";

/** The newest messages are kept as long as the session: 500 of at most 2,000 characters are about 1 MB. */
export const MAX_MESSAGES = 500;

/** The script reads what it adds at the time of storing: a role may have been taken away since the message was sent. */
export type NewMessage = Omit<z.infer<typeof ChatMessage>, "seq" | "kind" | "role" | "isLikeHost"> & {
  identity: Identity;
};
export type Sent =
  | { status: "sent" | "repeated"; message: ChatMessage; legs: readonly Leg[] }
  | { status: "not_inside" }
  | { status: "id_taken" };

// Messages are JSON that begins with the id, so that a repeated one is found without parsing what users wrote.
// ARGV: 1 sender, 2 `{"id":"…"`, 3 rest of the JSON after the seq, 4 how many to keep, 5 lifetime, 6 now
const SEND = defineScript(
  `${ROLE_LUA}${LOOK_LUA}${SESSION_LUA}
  local prefix, list = KEYS[1], KEYS[1] .. K.chat
  local sender = redis.call('HMGET', prefix .. K.seat .. ARGV[1], 'status', 'personKey', 'kind', 'look')
  if not sender[1] or sender[1] == 'removed' or redis.call('EXISTS', prefix .. K.session) == 0 then return { 'not_inside' } end
  local legs = redis.call('HGETALL', prefix .. K.legs)
  for _, kept in ipairs(redis.call('LRANGE', list, 0, -1)) do
    if string.sub(kept, 1, #ARGV[2]) == ARGV[2] then
      if cjson.decode(kept).identity ~= ARGV[1] then return { 'id_taken' } end
      return { 'repeated', kept, legs }
    end
  end
  local seq = redis.call('HINCRBY', prefix .. K.session, 'chatSeq', 1)
  local role = role_of(prefix, sender[2])
  local isLikeHost = role == 'participant' and looks_like_host(prefix, sender[2], sender[4] or '', ARGV[6])
  local facts = cjson.encode({ seq = seq, kind = sender[3], role = role, isLikeHost = isLikeHost })
  local message = ARGV[2] .. ',' .. string.sub(facts, 2, -2) .. ARGV[3]
  redis.call('RPUSH', list, message)
  redis.call('LTRIM', list, -tonumber(ARGV[4]), -1)
  belongs(prefix, K.chat, ARGV[5])
  return { 'sent', message, legs }
`,
  { isIdempotent: true },
);

/** Stores a message once, however often it is sent. */
export async function storeMessage(code: RoomCode, { id, ...rest }: NewMessage): Promise<Sent> {
  const begin = `{"id":${JSON.stringify(id)}`;
  const end = `,${JSON.stringify(rest).slice(1)}`;
  const args = [rest.identity, begin, end, MAX_MESSAGES, TTL_MS.session, rest.sentAtMs];
  const answer = await SEND([keys.prefix(code)], args);
  const [status, text, legs] = Array.isArray(answer) ? answer : [];
  if (status === "not_inside" || status === "id_taken") return { status };
  const message = ChatMessage.parse(JSON.parse(String(text)));
  return { status: status === "repeated" ? "repeated" : "sent", message, legs: parseLegs(toRecord(legs)) };
}

// The list holds the newest messages without gaps, so a seq gives an index in it. ARGV: 1 seq after which to read
const READ = defineScript(
  `
  local newest = tonumber(redis.call('HGET', KEYS[1] .. K.session, 'chatSeq') or '0')
  local list = KEYS[1] .. K.chat
  local first = newest - redis.call('LLEN', list)
  return redis.call('LRANGE', list, math.max(0, tonumber(ARGV[1]) - first), -1)
`,
  { isIdempotent: true },
);

/** The kept messages that are newer than `after`, oldest first. */
export async function readMessages(code: RoomCode, after: number): Promise<ChatMessage[]> {
  const answer = await READ([keys.prefix(code)], [after]);
  return (Array.isArray(answer) ? answer : []).flatMap(parseMessage);
}

function parseMessage(text: ScriptAnswer): ChatMessage[] {
  try {
    return [ChatMessage.parse(JSON.parse(String(text)))];
  } catch (error) {
    log("error", "chat.unreadable", { error: describeError(error) });
    return [];
  }
}
