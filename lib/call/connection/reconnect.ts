import { type ErrorCode, asAppError } from "#lib/errors.ts";
import { type ClosedReason, responseTo } from "./call-status.ts";
import { GIVE_UP_AFTER_MS } from "./room-options.ts";

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 3_000;

/** What asking to enter again came to. */
export type EntryResult = { status: "inside" } | { status: "out"; reason: ClosedReason; code: ErrorCode };

export type ReconnectorDeps = {
  enter: () => Promise<EntryResult>;
  closed: (reason: ClosedReason, code: ErrorCode) => void;
  now: () => number;
  random: () => number;
};

/** Comes back by asking to enter again, until it works or the answer is final. */
export type Reconnector = {
  /** Begins, unless it has begun. */
  start: () => void;
  /** Ends the present pause: the network is back, or the page is. */
  hurry: () => void;
  stop: () => void;
};

export function createReconnector({ enter, closed, now, random }: ReconnectorDeps): Reconnector {
  let isRunning = false;
  let isStopped = false;
  let wake: () => void = () => {};

  const pause = (tries: number) =>
    new Promise<void>((resolve) => {
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 6));
      // The full spread: after a server's death a whole meeting comes back.
      const timer = setTimeout(resolve, longest * (0.4 + 0.6 * random()));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const attempt = async (): Promise<EntryResult | undefined> => {
    try {
      return await enter();
    } catch (error) {
      const { code } = asAppError(error);
      const outcome = responseTo(code);
      return outcome.do === "close" ? { status: "out", reason: outcome.reason, code } : undefined;
    }
  };
  const run = async () => {
    const sinceMs = now();
    for (let tries = 0; !isStopped; tries += 1) {
      const entered = await attempt();
      if (isStopped || entered?.status === "inside") return;
      if (entered?.status === "out") return closed(entered.reason, entered.code);
      if (now() - sinceMs > GIVE_UP_AFTER_MS) return closed("lost", "unavailable");
      await pause(tries);
    }
  };

  return {
    start() {
      if (isRunning || isStopped) return;
      isRunning = true;
      void run().finally(() => (isRunning = false));
    },
    hurry: () => wake(),
    stop() {
      isStopped = true;
      wake();
    },
  };
}
