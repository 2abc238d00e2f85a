import "server-only";
import type { z } from "zod";
import type { Actor, ServiceActor } from "#lib/auth/actor.ts";
import { cookieReader } from "#lib/auth/cookies.ts";
import { type GuestPass, newGuestPass, serialiseGuestPass, serialiseNoGuestPass } from "#lib/auth/guest-pass.ts";
import type { SessionToken } from "#lib/auth/session-token.ts";
import { hasSessionEnded } from "#lib/auth/sign-out-repository.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { DEVICE_HEADER } from "#lib/device-header.ts";
import { AppError } from "#lib/errors.ts";
import { DeviceId, RoomCode } from "#lib/ids.ts";
import type { Later } from "#lib/later.ts";
import { log } from "#lib/log.ts";
import { newestRevision, withRevisions } from "#lib/revisions.ts";
import { type Admission, type Admitted, type Asked, admit, countingMisses, near } from "./admit.ts";
import { answer } from "./answer.ts";
import { addressKeyOf } from "./client-address.ts";
import type { GuardContext } from "./guards.ts";
import { later } from "./later.ts";
import { type RateLimiter, rateLimiter } from "./rate-limiter.ts";
import { parseInput, readJson, readQuery } from "./read-input.ts";
import { type Report, routeOf } from "./report.ts";
import { respond } from "./respond.ts";
import { REVISION_HEADER, readRevision } from "#lib/revision-header.ts";
import { requireSameSite } from "./same-site.ts";

export { anyone, type Guard, type GuardContext, signedIn } from "./guards.ts";

/** What a route takes and answers. */
export type RouteShapes<A extends z.ZodType, P, Q, B> = {
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** Every answer is parsed with it, so that nothing internal leaks. */
  answer: A;
  /** Of a successful answer; 200 by default. */
  status?: number;
};

/** A route's schemas, who can call it and how often. */
export type RouteSpec<A extends z.ZodType, F, P, Q, B> = Admission<NoInfer<P>, F> & RouteShapes<A, P, Q, B>;

/** What every route receives once the caller is admitted. */
export type ServedContext<F, P, Q, B, C extends Actor | ServiceActor> = GuardContext<P, C> & {
  query: Q;
  body: B;
  /** What the guard found out. */
  facts: F;
  request: Request;
  /** For work after the answer. */
  later: Later;
};

/** What a route for browsers receives. */
export type RouteContext<F, P, Q, B> = ServedContext<F, P, Q, B, Actor> & {
  /** The guest's pass; a guest without one gets a new pass, set as a cookie with the answer. */
  issueGuestPass: () => GuestPass;
  /** Deletes the pass with the answer. */
  clearGuestPass: () => void;
};

type RawParams = Record<string, string | string[] | undefined>;
export type RouteHandler = (request: Request, context: { params: Promise<RawParams | undefined> }) => Promise<Response>;

/** What a route needs from outside; tests pass their own. */
export type Edge = {
  limiter: RateLimiter;
  clock: Clock;
  report: Report;
  /** Takes work for after the answer; Next's `after` by default. */
  after?: Later;
  /** Whether a session was ended on the server; asks Redis by default. */
  hasEnded?: (session: SessionToken) => Promise<boolean>;
};

export const edge: Edge = {
  limiter: rateLimiter,
  clock: systemClock,
  report: log,
};

/**
 * Makes a route handler for browsers from a declaration and a function. Programs with a token have `handleBearer`.
 *
 * In this order: is the address well formed and the request from our own site → who is asking → how often, and at the same time
 * can they → what do they send → run → answer. `admit` describes which of these go to Redis.
 */
export const handle = handleAt(edge);

/** `handle` with other dependencies. */
export function handleAt(at: Edge) {
  const { limiter, hasEnded = hasSessionEnded } = at;
  return function handle<A extends z.ZodType, F, P = undefined, Q = undefined, B = undefined>(
    spec: RouteSpec<A, F, P, Q, B>,
    run: (context: RouteContext<F, P, Q, B>) => Promise<z.input<A>>,
  ): RouteHandler {
    return serve(at, spec, {
      check: ({ method, headers }) => requireSameSite(method, headers),
      admit: (asked, _, headers) => admit(spec, asked, { limiter, hasEnded }, headers),
      run: (context, headers) => run({ ...context, ...guestPass(context.actor, headers, context.nowMs) }),
    });
  };
}

/** How one kind of caller is let in. */
type Entrance<A extends z.ZodType, F, P, Q, B, C extends Actor | ServiceActor> = {
  /** Throws for a request that no caller of this kind sends. */
  check: (request: Request) => void;
  /** `answer`: headers of the answer. */
  admit: (asked: Asked<P>, request: Request, answer: Headers) => Promise<Admitted<P, F, C>>;
  run: (context: ServedContext<F, P, Q, B, C>, answer: Headers) => Promise<z.input<A>>;
};

/** The steps that routes for any kind of caller share. */
export function serve<A extends z.ZodType, F, P, Q, B, C extends Actor | ServiceActor>(
  { limiter, clock, report, after = later }: Edge,
  spec: RouteShapes<A, P, Q, B> & { isNear?: true },
  entrance: Entrance<A, F, P, Q, B, C>,
): RouteHandler {
  return async (request, { params: pendingParams }) => {
    // For an address without parameters the production build passes nothing; the development server passes an empty object.
    const rawParams = (await pendingParams) ?? {};
    return answer({ request, route: routeOf(request.url, rawParams), report, after }, async (headers) => {
      entrance.check(request);
      const params = readParams(spec.params, rawParams);
      const asked = {
        params,
        device: readDevice(request),
        addressKey: addressKeyOf(request.headers),
        nowMs: clock(),
        cookie: cookieReader(request.headers.get("cookie")),
        code: RoomCode.safeParse(rawParams.code).data,
      };
      return withRevisions({ isNear: false, seen: readRevision(request.headers) }, async () => {
        const { context, caller, facts } = await entrance.admit(asked, request, headers);
        const content = await countingMisses(limiter, caller, async () => {
          const query = spec.query ? parseInput(spec.query, readQuery(request.url), "query") : (undefined as Q);
          const body = spec.body ? parseInput(spec.body, await readJson(request), "body") : (undefined as B);
          return near(spec, () => entrance.run({ ...context, query, body, facts, request, later: after }, headers));
        });
        const revision = newestRevision();
        if (revision !== undefined) headers.set(REVISION_HEADER, String(revision));
        return respond(spec.answer.parse(content), spec.status ?? 200, headers);
      });
    });
  };
}

/** A malformed code gets the same answer as an unused one; any other malformed part is answered as not found. */
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
