import { asAppError } from "#lib/errors.ts";
import { between, wait } from "#lib/live/poll.ts";
import { HomeAnswer } from "#lib/seats/seat-schema.ts";
import { isRetryable } from "./call-status.ts";
import type { Deps } from "../deps.ts";
import { chooseHomeLeg } from "./home-leg-policy.ts";
import type { Legs } from "./leg-manager.ts";
import { createLatencyMonitor } from "./latency-monitor.ts";
import { type RoomAddress, createPost } from "#lib/seats/room-client.ts";

/** A move is a matter of milliseconds; an answer that takes longer was lost with something, and asking again is no harm. */
const TIMEOUT_MS = 3_000;
const PAUSE_FROM_MS = 200;
const PAUSE_TO_MS = 600;
/** For this long, in ms, a move under way is no loss to speak of: the others are seen and heard meanwhile. */
const PATIENCE_MS = 5_000;

export type HomeLegEvents = {
  /** Where the server has me is not known: the leg is none any more, or a move failed half way. Ask which there are. */
  unsure: () => void;
  /** It was refused for good: the API knows why. */
  refused: () => void;
};

/**
 * Keeps a home leg that works: when it dies while another is well, it asks the server to publish there instead; and when another one
 * is much nearer for long, too.
 */
export type HomeLegManager = {
  /** Something changed, or was looked at. */
  look: () => void;
  /** The server would have me publish there, though nothing is wrong with where I am. */
  wish: (leg: string) => void;
  /** The media server lets me publish there: where a move was asked for, that is its yes, often before the answer. */
  granted: (leg: string) => void;
  /** A move is under way and likely to succeed soon. */
  isMoving: () => boolean;
  stop: () => void;
};

export type HomeLegSources = {
  legs: Pick<Legs, "home" | "pulses" | "moveHome">;
  isOnline: () => boolean;
  /** For so long another leg must be much nearer. */
  nearerAfterMs: number;
};

export function createHomeLegManager(
  address: RoomAddress,
  deps: Pick<Deps, "api" | "random">,
  { legs, isOnline, nearerAfterMs }: HomeLegSources,
  hears: HomeLegEvents,
): HomeLegManager {
  const post = createPost(address, deps);
  let isRunning = false;
  let isStopped = false;
  let movingSinceMs: number | undefined;
  let wished: string | undefined;
  let asked: string | undefined;
  const nearer = createLatencyMonitor(deps.random, nearerAfterMs);

  const need = () => chooseHomeLeg(legs.home()?.leg, legs.pulses(), isOnline(), performance.now());
  const ask = async (leg: string, lost: string | undefined): Promise<void> => {
    const body = { leg, ...(lost === undefined ? {} : { lost }) };
    asked = leg;
    try {
      const answer = await post("home", body, HomeAnswer, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!isStopped) legs.moveHome(answer.leg);
    } finally {
      asked = undefined;
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
      if (code === "leg_gone") hears.unsure();
      if (isRetryable(code)) return true;
      hears.refused();
      return false;
    }
  };
  // Decided anew before each try: the home leg may be back, or my own network have gone meanwhile.
  const run = async () => {
    let isUnsure = false;
    for (;;) {
      const forced = need();
      const to = forced ?? wished;
      wished = undefined;
      const from = legs.home()?.leg;
      if (isStopped) return;
      if (to === undefined) return void (isUnsure && hears.unsure());
      if (!(await attempt(to, forced && from))) return;
      isUnsure = true;
      await wait(between(PAUSE_FROM_MS, PAUSE_TO_MS, deps.random));
    }
  };
  const start = () => {
    if (isRunning || isStopped) return;
    isRunning = true;
    void run().finally(() => (isRunning = false));
  };
  const wish = (leg: string) => {
    wished = leg;
    start();
  };

  return {
    look() {
      const isNeeded = need() !== undefined;
      movingSinceMs = isNeeded ? (movingSinceMs ?? performance.now()) : undefined;
      if (isNeeded) start();
      const near = nearer.look(legs.home()?.leg, legs.pulses(), performance.now());
      if (near !== undefined) wish(near);
    },
    wish,
    granted(leg) {
      if (leg === asked && !isStopped) legs.moveHome(leg);
    },
    isMoving: () => movingSinceMs !== undefined && performance.now() - movingSinceMs < PATIENCE_MS,
    stop() {
      isStopped = true;
    },
  };
}
