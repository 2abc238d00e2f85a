import type { Clock } from "#lib/clock.ts";

/** An action that is requested often and should run seldom. */
export type Throttle = {
  /** Runs it now, or as soon as the pause since the last run is over. Several requests until then cause one run. */
  want: () => void;
  /** It ran for another reason: the pause begins again. */
  done: () => void;
  stop: () => void;
};

export function createThrottle(run: () => void, pauseMs: number, now: Clock): Throttle {
  let doneAtMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    want() {
      if (timer !== undefined) return;
      const leftMs = doneAtMs + pauseMs - now();
      if (leftMs <= 0) return run();
      timer = setTimeout(() => {
        timer = undefined;
        run();
      }, leftMs);
    },
    done: () => void (doneAtMs = now()),
    stop: () => clearTimeout(timer),
  };
}
