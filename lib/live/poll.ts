/** A task that runs again and again, one run at a time. */
export type Poll = {
  /** Runs right away; during a run, once more after it. */
  now: () => void;
  /** Runs this many milliseconds from now at the latest; an earlier due run stays. */
  within: (delayMs: number) => void;
  /** Asks for the delay again, because its inputs have changed. */
  repace: () => void;
  stop: () => void;
};

/**
 * Repeats `run`, asking `delayMs` before every pause. The first run comes after one delay, or with `now`.
 *
 * @param run - Must not reject: it handles its own failures.
 */
export function createPoll(run: () => Promise<void>, delayMs: () => number): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAtMs = 0;
  let isRunning = false;
  let isWanted = false;
  let isStopped = false;

  function schedule(delay: number) {
    clearTimeout(timer);
    dueAtMs = Date.now() + delay;
    timer = setTimeout(() => void go(), delay);
  }
  async function go() {
    if (isStopped) return;
    if (isRunning) {
      isWanted = true;
      return;
    }
    clearTimeout(timer);
    isRunning = true;
    try {
      await run();
    } finally {
      isRunning = false;
    }
    if (isStopped) return;
    schedule(isWanted ? 0 : delayMs());
    isWanted = false;
  }
  schedule(delayMs());

  return {
    now: () => void go(),
    within(delay) {
      if (isStopped) return;
      if (isRunning) isWanted = true;
      else if (Date.now() + delay < dueAtMs) schedule(delay);
    },
    repace() {
      if (!isStopped && !isRunning) schedule(delayMs());
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Spreads a delay so that a hundred browsers do not send a request in the same moment.
 *
 * @param share - 0.2 gives 80 to 120 per cent of the delay.
 */
export function jitter(delayMs: number, share: number, random: () => number = Math.random): number {
  return delayMs * (1 + share * (2 * random() - 1));
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** A random value between the two, evenly spread. */
export function between(fromMs: number, toMs: number, random: () => number = Math.random): number {
  return fromMs + (toMs - fromMs) * random();
}
