import "server-only";
import { AppError } from "#lib/errors.ts";
import type { Identity, RoomCode } from "#lib/ids.ts";
import { keys } from "#lib/redis/keys.ts";
import { defineScript } from "#lib/redis/script.ts";

// A hand that is already up keeps its position. ARGV: 1 seat, 2 `1` to raise, 3 now
const HAND = defineScript(
  `
  local seat = KEYS[1] .. K.seat .. ARGV[1]
  local state = redis.call('HMGET', seat, 'status', 'handRaisedAtMs')
  if not state[1] or state[1] == 'removed' then return -1 end
  local raised = tonumber(state[2] or '0') or 0
  if ARGV[2] == '1' and raised > 0 then return raised end
  raised = ARGV[2] == '1' and tonumber(ARGV[3]) or 0
  redis.call('HSET', seat, 'handRaisedAtMs', raised)
  return raised
`,
  { isIdempotent: true },
);

/**
 * @returns when the hand was raised; 0 when it is down.
 * @throws AppError `not_inside`, `unavailable`
 */
export async function storeHand(code: RoomCode, identity: Identity, isRaised: boolean, nowMs: number): Promise<number> {
  const raisedAtMs = Number(await HAND([keys.prefix(code)], [identity, isRaised ? 1 : 0, nowMs]));
  if (raisedAtMs < 0) throw new AppError("not_inside");
  return raisedAtMs;
}
