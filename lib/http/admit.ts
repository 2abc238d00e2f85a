import "server-only";
import { type Actor, type ServiceActor, guestOf, identify } from "#lib/auth/actor.ts";
import { renewSession, serialiseNoSession, type SessionToken } from "#lib/auth/session-token.ts";
import { AppError } from "#lib/errors.ts";
import type { RoomCode } from "#lib/ids.ts";
import type { Guard, GuardContext } from "./guards.ts";
import type { Caller } from "./limit-keys.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { atReplica } from "#lib/revisions.ts";
import type { LimitName } from "./rate-limits.ts";

/** Who can use a route, and how often. */
export type Admission<P, F, C extends Actor | ServiceActor = Actor> = {
  allow: Guard<P, F, C>;
  limit?: LimitName | ((context: GuardContext<P, C>) => LimitName | undefined);
  /** The route only reads: a replica of Redis can answer, if it is as new as what the browser has seen. */
  isNear?: true;
};

/** A request whose sender is not identified yet. */
export type Asked<P> = Omit<GuardContext<P>, "actor"> & {
  cookie: (name: string) => string | undefined;
  /** Of the room in the address. */
  code: RoomCode | undefined;
};

export type Admitted<P, F, C extends Actor | ServiceActor = Actor> = {
  context: GuardContext<P, C>;
  caller: Caller;
  facts: F;
};

type World = { limiter: RateLimiter; hasEnded: (session: SessionToken) => Promise<boolean> };

/**
 * Identifies the sender, counts the request and asks the guard.
 *
 * Limit, guard and the check for an ended session go to Redis in the same tick, so in one round trip. Only a copy of a
 * signed-out session costs a second one, because its sender is then checked again as a guest.
 *
 * @param headers - Headers of the answer: receive the renewed session, or the removal of one that has ended.
 */
export async function admit<P, F>(
  spec: Admission<P, F>,
  asked: Asked<P>,
  { limiter, hasEnded }: World,
  headers: Headers,
): Promise<Admitted<P, F>> {
  const { actor, session } = await identify(asked.cookie, asked.nowMs);
  const [ended, admitted] = await Promise.allSettled([
    session !== undefined && near(spec, () => hasEnded(session)),
    admitAs(actor, spec, asked, limiter),
  ]);
  if (ended.status === "rejected") throw ended.reason;
  if (ended.value) {
    headers.append("set-cookie", serialiseNoSession());
    return admitAs(guestOf(asked.cookie, asked.nowMs), spec, asked, limiter);
  }
  if (session?.isAgeing) headers.append("set-cookie", await renewSession(session, asked.nowMs));
  if (admitted.status === "rejected") throw admitted.reason;
  return admitted.value;
}

/**
 * Counts the request and asks the guard at the same time.
 *
 * An exceeded limit is reported first: the guard's answer would reveal something to a client that asks too often.
 */
export function admitAs<P, F, C extends Actor | ServiceActor>(
  actor: C,
  spec: Admission<P, F, C>,
  { code, params, device, addressKey, nowMs }: Asked<P>,
  limiter: RateLimiter,
): Promise<Admitted<P, F, C>> {
  const context = { actor, params, device, addressKey, nowMs };
  const caller = { actor, addressKey, code };
  return countingMisses(limiter, caller, async () => {
    const name = typeof spec.limit === "function" ? spec.limit(context) : spec.limit;
    const [limit, guard] = await Promise.allSettled([
      name && near(spec, () => limiter.count(name, caller)),
      allow(spec, context),
    ]);
    if (limit.status === "rejected") throw limit.reason;
    if (guard.status === "fulfilled") return { context, caller, facts: guard.value };
    // A refusal reveals that the room exists, which a guesser must not learn.
    if (code && isRefusal(guard.reason)) await limiter.refuseGuesser(caller);
    throw guard.reason;
  });
}

/** Runs a function for a route, at the replica if the route allows that. */
export function near<T>({ isNear }: { isNear?: true }, run: () => T): T {
  return isNear ? atReplica(run) : run();
}

/** The primary confirms a refusal by a replica: the seat may be too new for the replica. */
async function allow<P, F, C extends Actor | ServiceActor>(
  spec: Admission<P, F, C>,
  context: GuardContext<P, C>,
): Promise<F> {
  if (!spec.isNear) return spec.allow(context);
  return atReplica(() => spec.allow(context)).catch((error: unknown) => {
    if (error instanceof AppError && error.status < 500) return spec.allow(context);
    throw error;
  });
}

function isRefusal(reason: unknown): boolean {
  return reason instanceof AppError && reason.status < 500 && reason.code !== "room_unknown";
}

/** Counts look-ups of rooms that do not exist, wherever they are detected. Costs nothing for users who know their room. */
export async function countingMisses<T>(limiter: RateLimiter, caller: Caller, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof AppError && error.code === "room_unknown") await limiter.count("room.miss", caller);
    throw error;
  }
}
