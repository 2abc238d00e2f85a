import "server-only";
import type { SignInId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys, TTL_MS } from "#lib/redis/keys.ts";
import { defineScript, orUnavailable } from "#lib/redis/script.ts";
import type { SessionToken } from "./session-token.ts";

/**
 * A script, although a few commands would do: the client sends all scripts of one tick in one request, but plain reads in
 * another.
 *
 * KEYS: 1 sign-out of the session, 2 account. ARGV: 1 when the session began
 */
const HAS_ENDED = defineScript(
  `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 1 end
  local of = redis.call('HMGET', KEYS[2], 'blockedAtMs', 'sessionsEndAtMs')
  if of[1] then return 1 end
  return of[2] and tonumber(of[2]) >= tonumber(ARGV[1]) and 1 or 0
`,
  { isReadOnly: true },
);

/**
 * Ends every copy of a session.
 *
 * @throws AppError `unavailable` when Redis does not answer: the session is not ended then.
 */
export async function saveSignedOut(signInId: SignInId): Promise<void> {
  await orUnavailable(redis().set(keys.signedOut(signInId), "1", { px: TTL_MS.signedOut }));
}

/**
 * Whether a session was signed out, or ended because an operator blocked its account. Shares its Redis request with all others
 * of the same tick.
 *
 * @throws AppError `unavailable`
 */
export async function hasSessionEnded({ signInId, accountId, signedInAtMs }: SessionToken): Promise<boolean> {
  return Number(await HAS_ENDED([keys.signedOut(signInId), keys.account(accountId)], [signedInAtMs])) > 0;
}
