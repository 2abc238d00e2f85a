import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { CLOCKS_APART_MS } from "#lib/clock.ts";
import { describeError, log } from "#lib/log.ts";
import { readAsk } from "./ask.ts";
import type { Outage } from "./outage.ts";
import type { Remembered } from "./remembered.ts";
import { type Bearer, readToken } from "./token.ts";

export type JudgePlan = {
  key: { apiKey: string; apiSecret: string };
  /** Other keys that are accepted too, while a key is being replaced. */
  otherKeys?: { apiKey: string; apiSecret: string }[];
  remembered: Remembered;
  outage: Outage;
  /** Whether Redis allows it now. Throws when Redis does not answer. */
  mayConnect: (room: string, identity: string, isHidden: boolean) => Promise<boolean>;
  /** Whether LiveKit lists a participant in a room. Throws when it does not answer. */
  isListed: (room: string, identity: string) => Promise<boolean>;
  /** Disconnects a participant at LiveKit. */
  remove: (room: string, identity: string) => Promise<void>;
  clock: () => number;
};

/** The sender of a request, and the LiveKit path it asks for. */
export type Passed = { path: string; bearer: Bearer };
export type Refused = 400 | 401 | 403 | 404 | 503;

/** Reads the path and the token. Redis is not asked yet. */
export async function readRequest(
  { key, otherKeys = [] }: JudgePlan,
  request: IncomingMessage,
  isUpgrade: boolean,
): Promise<Passed | Refused> {
  const { method, url, headers } = request;
  const ask = readAsk({ method, url, authorization: headers.authorization }, isUpgrade);
  if (ask.kind === "refused") return ask.status;
  const readings = await Promise.all([key, ...otherKeys].map((one) => readToken(one, ask.token)));
  const aheadMs = Math.max(...readings.map((reading) => reading.aheadMs));
  if (aheadMs > CLOCKS_APART_MS) log("error", "gatekeeper.clocks-apart", { aheadMs, of: "app" });
  const bearer = readings.find((reading) => reading.bearer)?.bearer;
  return bearer ? { path: ask.path, bearer } : 401;
}

/**
 * Why a request is refused; undefined for one that is let in. While Redis is away, only participants can come back whose
 * connection was cut since, and who are still listed by LiveKit: a removed one is not.
 */
export async function refusalOf(plan: JudgePlan, bearer: Bearer): Promise<Refused | undefined> {
  const { remembered, outage, clock } = plan;
  const askedAtMs = clock();
  try {
    const isAllowed = await plan.mayConnect(bearer.room, bearer.identity, bearer.isHidden);
    outage.answered(askedAtMs);
    if (isAllowed) remembered.confirm(bearer, clock(), undefined);
    else remembered.forget(bearer);
    return isAllowed ? undefined : 403;
  } catch (error) {
    outage.failed(error, askedAtMs);
    const awaySinceMs = outage.sinceMs(clock());
    log("warn", "door.redis-away", { error: describeError(error), isAway: awaySinceMs !== undefined });
    if (bearer.kind === "lobby" || bearer.isHidden || awaySinceMs === undefined) return 503;
    if (!remembered.mayComeBack(bearer, awaySinceMs, clock())) return 503;
    return (await plan.isListed(bearer.room, bearer.identity)) ? undefined : 503;
  }
}

/**
 * LiveKit let a participant in: the connection counts from now on. A removal after Redis was asked found no one to disconnect,
 * so Redis is asked once more.
 */
export function watchConnection(plan: JudgePlan, bearer: Bearer, socket: Duplex): void {
  const { room, identity } = bearer;
  plan.remembered.opened(bearer);
  socket.once("close", () => plan.remembered.closed({ room, identity }, plan.clock()));
  void evictIfRefused(plan, bearer, () => socket.destroy());
}

async function evictIfRefused(plan: JudgePlan, { room, identity, isHidden }: Bearer, cut: () => void): Promise<void> {
  try {
    if (await plan.mayConnect(room, identity, isHidden)) return;
    plan.remembered.forget({ room, identity });
    await plan.remove(room, identity);
  } catch (error) {
    // Redis said yes a moment ago. The sweep finds what has changed since.
    return log("warn", "door.not-asked-again", { error: describeError(error) });
  }
  log("info", "door.removed-while-joining", { room });
  cut();
}
