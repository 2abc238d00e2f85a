import { describeError, log } from "#lib/log.ts";

/** Between the end of one time and the beginning of the next, in milliseconds at least, however long one takes. */
const LEAST_PAUSE_MS = 100;

/**
 * Does something again and again, each time this long after the last time began, in milliseconds; never twice at once.
 *
 * @param event - What the log calls a time that failed.
 * @returns what stops it.
 */
export function every(periodMs: number, event: string, once: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const run = async () => {
    const beganAtMs = performance.now();
    try {
      await once();
    } catch (error) {
      log("warn", event, { error: describeError(error) });
    }
    const tookMs = performance.now() - beganAtMs;
    if (!isStopped) timer = setTimeout(() => void run(), Math.max(LEAST_PAUSE_MS, periodMs - tookMs));
  };
  void run();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
