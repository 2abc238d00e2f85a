import "server-only";
import { AccountId, type SessionId } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";

// KEYS: sessionCode of each session. ARGV: what comes 1 before and 2 after a code in a room's keys
const OWNERS = defineScript(
  `
  local owners = {}
  for i, key in ipairs(KEYS) do
    local code = redis.call('GET', key)
    owners[i] = code and redis.call('HGET', ARGV[1] .. code .. ARGV[2] .. K.room, 'ownerId') or ''
  end
  return owners
`,
  { isIdempotent: true },
);

/** The owners of these sessions' rooms. A session that Redis does not know is left out. @throws AppError `unavailable` */
export async function readOwners(sessions: readonly SessionId[]): Promise<Map<string, AccountId>> {
  if (sessions.length === 0) return new Map();
  const answer = await OWNERS(sessions.map(keys.sessionCode), keys.aroundCode);
  const owners = Array.isArray(answer) ? answer : [];
  return new Map(
    sessions.flatMap((session, index) => {
      const owner = AccountId.safeParse(owners[index]).data;
      return owner ? [[session, owner] as const] : [];
    }),
  );
}
