import "server-only";
import type { AccountId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys, TTL_MS } from "#lib/redis/keys.ts";
import { defineScript, orUnavailable } from "#lib/redis/script.ts";

// KEYS: 1 account. ARGV: 1 now, 2 lifetime. A second block changes nothing: operators see the time of the first.
const BLOCK = defineScript(
  `
  if redis.call('HSETNX', KEYS[1], 'blockedAtMs', ARGV[1]) == 1 then redis.call('HSET', KEYS[1], 'sessionsEndAtMs', ARGV[1]) end
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`,
  { isIdempotent: true },
);

/** Ends every session of the account, and refuses new ones. @throws AppError `unavailable` */
export async function saveBlocked(account: AccountId, nowMs: number): Promise<void> {
  await BLOCK([keys.account(account)], [nowMs, TTL_MS.account]);
}

/** Lets the account sign in again. Sessions from before the block stay ended. @throws AppError `unavailable` */
export async function saveUnblocked(account: AccountId): Promise<void> {
  await orUnavailable(redis().hdel(keys.account(account), "blockedAtMs"));
}

/** @throws AppError `unavailable` */
export async function isBlocked(account: AccountId): Promise<boolean> {
  return (await orUnavailable(redis().hexists(keys.account(account), "blockedAtMs"))) === 1;
}
