import type { Clock } from "#lib/clock.ts";

/** Something that is wanted often and may be done seldom. */
export type Throttle = {
  /** Does it now, or as soon as the pause since it was done last is over. Wanted several times until then, it is done once. */
  want: () => void;
  /** It was done for another reason: the pause begins again. */
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
