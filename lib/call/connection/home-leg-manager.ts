import { asAppError } from "#lib/errors.ts";
import { between, wait } from "#lib/live/poll.ts";
import { type FeedDeps, type RoomAddress, createPost } from "#lib/seats/room-client.ts";
import type { HomeAnswer } from "#lib/seats/seat-schema.ts";
import { isRetryable } from "./call-status.ts";
import { chooseHomeLeg } from "./home-leg-policy.ts";
import { createLatencyMonitor } from "./latency-monitor.ts";
import type { LegManager } from "./leg-manager.ts";

/** A move takes milliseconds; an answer that takes longer than this was lost, and asking again is harmless. */
const TIMEOUT_MS = 3_000;
const PAUSE_FROM_MS = 200;
const PAUSE_TO_MS = 600;
/** For this long, in ms, a move under way does not count as a lost connection: the others are still seen and heard. */
const MOVE_GRACE_MS = 5_000;

export type HomeLegEvents = {
  /** It is unknown which leg the server has as home: the leg is gone, or a move failed half way. */
  unsure: () => void;
  /** The API refused permanently and knows why. */
  refused: () => void;
};

/**
 * Keeps a home leg that works. When it dies while another leg works, or another leg is much nearer for minutes, asks the server to
 * publish there instead.
 */
export type HomeLegManager = {
  /** Something changed, or a transport was sampled. */
  check: () => void;
  /** Asks to publish on this leg, though nothing is wrong with the current one. */
  request: (leg: string) => void;
  /** The media server permits publishing on this leg. For a requested move that is the answer, often before the API's. */
  permitted: (leg: string) => void;
  /** A move is under way and likely to succeed soon. */
  isMoving: () => boolean;
  stop: () => void;
};

export type HomeLegSources = {
  legs: Pick<LegManager, "home" | "stats" | "moveHome">;
  isOnline: () => boolean;
  /** How long another leg must be much nearer. */
  nearerAfterMs: number;
};

export function createHomeLegManager(
  address: RoomAddress,
  deps: Pick<FeedDeps, "api" | "random">,
  { legs, isOnline, nearerAfterMs }: HomeLegSources,
  events: HomeLegEvents,
): HomeLegManager {
  const post = createPost(address, deps);
  let isRunning = false;
  let isStopped = false;
  let movingSinceMs: number | undefined;
  let requested: string | undefined;
  /** The leg that the request under way asks for. */
  let pending: string | undefined;
  const latency = createLatencyMonitor(deps.random, nearerAfterMs);

  const neededMove = () => chooseHomeLeg(legs.home()?.leg, legs.stats(), isOnline(), performance.now());
  const ask = async (leg: string, lost: string | undefined): Promise<void> => {
    const body = { leg, ...(lost === undefined ? {} : { lost }) };
    pending = leg;
    try {
      const answer = await post<HomeAnswer>("home", body, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!isStopped) legs.moveHome(answer.leg);
    } finally {
      pending = undefined;
    }
  };
  /** @returns whether asking again may help. */
  const attempt = async (leg: string, lost: string | undefined): Promise<boolean> => {
    try {
      await ask(leg, lost);
      return false;
    } catch (error) {
      if (isStopped) return false;
      const { code } = asAppError(error);
      if (code === "leg_gone") events.unsure();
      if (isRetryable(code)) return true;
      events.refused();
      return false;
    }
  };
  const run = async () => {
    let isUnsure = false;
    for (;;) {
      // Decided again before each try: the home leg may be back, or this browser's own network gone.
      const needed = neededMove();
      const to = needed ?? requested;
      requested = undefined;
      const from = legs.home()?.leg;
      if (isStopped) return;
      if (to === undefined) return void (isUnsure && events.unsure());
      if (!(await attempt(to, needed && from))) return;
      isUnsure = true;
      await wait(between(PAUSE_FROM_MS, PAUSE_TO_MS, deps.random));
    }
  };
  const start = () => {
    if (isRunning || isStopped) return;
    isRunning = true;
    void run().finally(() => (isRunning = false));
  };
  const request = (leg: string) => {
    requested = leg;
    start();
  };

  return {
    check() {
      const isNeeded = neededMove() !== undefined;
      movingSinceMs = isNeeded ? (movingSinceMs ?? performance.now()) : undefined;
      if (isNeeded) start();
      const nearer = latency.check(legs.home()?.leg, legs.stats(), performance.now());
      if (nearer !== undefined) request(nearer);
    },
    request,
    permitted(leg) {
      if (leg === pending && !isStopped) legs.moveHome(leg);
    },
    isMoving: () => movingSinceMs !== undefined && performance.now() - movingSinceMs < MOVE_GRACE_MS,
    stop() {
      isStopped = true;
    },
  };
}
