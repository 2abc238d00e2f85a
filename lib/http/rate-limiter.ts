import "server-only";
import { Ratelimit } from "@upstash/ratelimit";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { keys } from "#lib/redis/keys.ts";
import { redisForLimits } from "./limit-redis.ts";
import { type Caller, limitKeyOf } from "./limit-keys.ts";
import { LocalCount } from "./local-count.ts";
import { type Limit, LIMITS, type LimitName, type Rule, windowMs } from "./rate-limits.ts";

export type RateLimiter = {
  /**
   * Counts one request against every rule of the limit, in one tick and so in one round trip.
   *
   * @throws AppError `rate_limited` with the seconds to wait.
   * @throws AppError `unavailable` when Redis does not answer: a request that cannot be counted is refused.
   */
  count: (name: LimitName, caller: Caller) => Promise<void>;
  /**
   * Checks whether the caller has asked for too many rooms that do not exist, without counting.
   *
   * @throws AppError `rate_limited`
   */
  refuseGuesser: (caller: Caller) => Promise<void>;
};

export const rateLimiter: RateLimiter = {
  async count(name, caller) {
    const limit: Limit = LIMITS[name];
    const counted = limit.rules.map((rule) => countRule(name, rule, caller, limit.isLocalFirst ?? false));
    const guess = limit.refusesGuessers ? [this.refuseGuesser(caller)] : [];
    // All of them are awaited, so that no rejection is left unhandled.
    const failed = (await Promise.allSettled([...counted, ...guess])).filter((result) => result.status === "rejected");
    if (failed[0]) throw slowest(failed.map(({ reason }) => reason as unknown));
  },

  async refuseGuesser(caller) {
    const [rule] = LIMITS["room.miss"].rules;
    const key = limitKeyOf(rule, caller);
    if (!key) return;
    const { remaining, reset } = await limiterOf("room.miss", rule).getRemaining(key);
    if (remaining <= 0) throw refusal(reset);
  },
};

const localCount = new LocalCount();

async function countRule(name: LimitName, rule: Rule, caller: Caller, isLocalFirst: boolean): Promise<void> {
  const key = limitKeyOf(rule, caller);
  if (!key) return;
  const id = `${idOf(name, rule)}:${key}`;
  const rate = isLocalFirst ? localCount.take(id, atMostOf(rule), windowMs(rule), Date.now()) : 1;
  if (rate === 0) return;
  const { success, reset } = await limiterOf(name, rule).limit(key, { rate });
  if (!success) throw refusal(reset);
}

function refusal(resetAtMs: number): AppError {
  return new AppError("rate_limited", { retryAfterSeconds: Math.max(1, Math.ceil((resetAtMs - Date.now()) / 1000)) });
}

/** Of several reasons to refuse, the one that lasts longest; our own failures come first. */
function slowest(reasons: unknown[]): unknown {
  const waits = (reason: unknown) =>
    reason instanceof AppError && reason.code === "rate_limited" ? (reason.facts.retryAfterSeconds ?? 0) : Infinity;
  return reasons.toSorted((a, b) => waits(b) - waits(a))[0];
}

function idOf(name: LimitName, rule: Rule): string {
  return `${name}:${rule.per.replaceAll(" ", "-")}`;
}

function atMostOf(rule: Rule): number {
  return Math.max(1, Math.round(rule.atMost * env().RATE_LIMIT_FACTOR));
}

const limiters = new Map<string, Ratelimit>();

function limiterOf(name: LimitName, rule: Rule): Ratelimit {
  const id = idOf(name, rule);
  const existing = limiters.get(id);
  if (existing) return existing;
  const limiter = new Ratelimit({
    redis: redisForLimits,
    limiter: Ratelimit.slidingWindow(atMostOf(rule), rule.within),
    prefix: `${keys.limit}:${id}`,
    // The library's own timeout lets requests pass; ours, in the Redis client, does not.
    timeout: 0,
    // The library's cache of refused callers never expires: a flood of addresses would fill the process's memory.
    ephemeralCache: false,
    analytics: false,
  });
  limiters.set(id, limiter);
  return limiter;
}
