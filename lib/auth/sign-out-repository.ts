import "server-only";
import type { SignInId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys, TTL_MS } from "#lib/redis/keys.ts";
import { defineScript, orUnavailable } from "#lib/redis/script.ts";

/**
 * A script, although one command would do: the client sends all scripts of one tick in one request, but plain reads in another.
 */
const EXISTS = defineScript(`return redis.call('EXISTS', KEYS[1])`, { isReadOnly: true });

/**
 * Ends every copy of a session.
 *
 * @throws AppError `unavailable` when Redis does not answer: the session is not ended then.
 */
export async function saveSignedOut(signInId: SignInId): Promise<void> {
  await orUnavailable(redis().set(keys.signedOut(signInId), "1", { px: TTL_MS.signedOut }));
}

/**
 * Whether a session was signed out. Shares its request to Redis with whatever else is asked in the same tick.
 *
 * @throws AppError `unavailable`
 */
export async function isSignedOut(signInId: SignInId): Promise<boolean> {
  return Number(await EXISTS([keys.signedOut(signInId)], [])) > 0;
}
