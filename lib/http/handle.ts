import "server-only";
import type { z } from "zod";
import { type Actor, identify } from "#lib/auth/actor.ts";
import { type GuestPass, newGuestPass, serialiseGuestPass, serialiseNoGuestPass } from "#lib/auth/guest-pass.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { AppError } from "#lib/errors.ts";
import { DeviceId, RoomCode } from "#lib/ids.ts";
import type { Later } from "#lib/later.ts";
import { log } from "#lib/log.ts";
import { answer } from "./answer.ts";
import { addressKeyOf } from "./client-address.ts";
import { cookieReader } from "./cookies.ts";
import { DEVICE_HEADER } from "./device-header.ts";
import type { Guard, GuardContext } from "./guards.ts";
import { later } from "./later.ts";
import type { Caller } from "./limit-keys.ts";
import { type RateLimiter, rateLimiter } from "./rate-limiter.ts";
import type { LimitName } from "./rate-limits.ts";
import { parseInput, readJson, readQuery } from "./read-input.ts";
import { type Report, routeOf } from "./report.ts";
import { respond } from "./respond.ts";
import { requireSameSite } from "./same-site.ts";

export { anybody, type Guard, type GuardContext, signedIn } from "./guards.ts";

/** What a route is: the shapes it speaks, who may call it and how often. */
export type RouteSpec<A extends z.ZodType, F, P, Q, B> = {
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** Every answer goes through it, so that nothing internal slips out. */
  answer: A;
  allow: Guard<NoInfer<P>, F>;
  limit?: LimitName | ((context: GuardContext<NoInfer<P>>) => LimitName | undefined);
  /** Of a good answer; 200 unless said otherwise. */
  status?: number;
};

/** What a route has once it may run. */
export type RouteContext<F, P, Q, B> = GuardContext<P> & {
  query: Q;
  body: B;
  /** What the guard found out. */
  facts: F;
  request: Request;
  /** For what is to be done after the answer. */
  later: Later;
  /** The guest's pass; for a guest without one a new pass, set as a cookie with the answer. */
  issueGuestPass: () => GuestPass;
  /** Takes the pass back with the answer. */
  clearGuestPass: () => void;
};

type RawParams = Record<string, string | string[] | undefined>;
export type RouteHandler = (request: Request, context: { params: Promise<RawParams | undefined> }) => Promise<Response>;

/** What a route meets outside; tests bring their own. */
export type Edge = {
  limiter: RateLimiter;
  clock: Clock;
  report: Report;
  /** Takes work for after the answer; Next's own way unless said otherwise. */
  after?: Later;
};

const edge: Edge = {
  limiter: rateLimiter,
  clock: systemClock,
  report: log,
};

/**
 * Makes a route handler of a declaration and one function.
 *
 * In this order: is the address well formed and the request from our own site → who asks → how often, while at the same time
 * → may they → what do they say → run → answer. Limit and guard go to Redis in the same tick, hence in one round trip.
 */
export const handle = handleAt(edge);

/** `handle` with another outside world. */
export function handleAt({ limiter, clock, report, after = later }: Edge) {
  return function handle<A extends z.ZodType, F, P = undefined, Q = undefined, B = undefined>(
    spec: RouteSpec<A, F, P, Q, B>,
    run: (context: RouteContext<F, P, Q, B>) => Promise<z.input<A>>,
  ): RouteHandler {
    return async (request, { params: pendingParams }) => {
      // At an address without parameters the production build hands over none, where the development server has an empty object.
      const rawParams = (await pendingParams) ?? {};
      return answer({ request, route: routeOf(request.url, rawParams), report, after }, async (headers) => {
        requireSameSite(request.method, request.headers);
        const params = readParams(spec.params, rawParams);
        const nowMs = clock();
        const { actor, renewal } = await identify(cookieReader(request.headers.get("cookie")), nowMs);
        if (renewal) headers.append("set-cookie", renewal);
        const context = {
          actor,
          params,
          device: readDevice(request),
          addressKey: addressKeyOf(request.headers),
          nowMs,
        };
        const caller = { actor, addressKey: context.addressKey, code: RoomCode.safeParse(rawParams.code).data };
        const content = await countingMisses(limiter, caller, async () => {
          const facts = await admit(spec, context, caller, limiter);
          const query = spec.query ? parseInput(spec.query, readQuery(request.url), "query") : (undefined as Q);
          const body = spec.body ? parseInput(spec.body, await readJson(request), "body") : (undefined as B);
          return run({ ...context, query, body, facts, request, later: after, ...guestPass(actor, headers, nowMs) });
        });
        return respond(spec.answer.parse(content), spec.status ?? 200, headers);
      });
    };
  };
}

/**
 * Counts the request and asks the guard, both at once.
 *
 * Being over the limit is said first: a guard's answer would tell something to whoever asks too often.
 */
async function admit<A extends z.ZodType, F, P, Q, B>(
  spec: RouteSpec<A, F, P, Q, B>,
  context: GuardContext<P>,
  caller: Caller,
  limiter: RateLimiter,
): Promise<F> {
  const name = typeof spec.limit === "function" ? spec.limit(context) : spec.limit;
  const [limit, guard] = await Promise.allSettled([name && limiter.count(name, caller), spec.allow(context)]);
  if (limit.status === "rejected") throw limit.reason;
  if (guard.status === "fulfilled") return guard.value;
  // A refusal says that the room exists, which a guesser must not learn.
  if (caller.code && isRefusal(guard.reason)) await limiter.refuseGuesser(caller);
  throw guard.reason;
}

function isRefusal(reason: unknown): boolean {
  return reason instanceof AppError && reason.status < 500 && reason.code !== "room_unknown";
}

/** Counts look-ups of rooms that do not exist, wherever they come out. Costs those who know their room nothing. */
async function countingMisses<T>(limiter: RateLimiter, caller: Caller, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof AppError && error.code === "room_unknown") await limiter.count("room.miss", caller);
    throw error;
  }
}

/** A code that cannot be one gets the same answer as one that is not in use; any other part of an address is just not there. */
function readParams<P>(schema: z.ZodType<P> | undefined, raw: RawParams): P {
  if (!schema) return undefined as P;
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AppError(parsed.error.issues.some(({ path }) => path[0] === "code") ? "room_unknown" : "not_found");
}

function readDevice(request: Request): DeviceId | undefined {
  const given = request.headers.get(DEVICE_HEADER);
  return given === null ? undefined : parseInput(DeviceId, given, DEVICE_HEADER);
}

function guestPass(
  actor: Actor,
  headers: Headers,
  nowMs: number,
): Pick<RouteContext<unknown, unknown, unknown, unknown>, "issueGuestPass" | "clearGuestPass"> {
  let pass = actor.kind === "guest" ? actor.pass : undefined;
  return {
    issueGuestPass() {
      if (pass) return pass;
      pass = newGuestPass(nowMs);
      headers.append("set-cookie", serialiseGuestPass(pass));
      return pass;
    },
    clearGuestPass() {
      pass = undefined;
      headers.append("set-cookie", serialiseNoGuestPass());
    },
  };
}
