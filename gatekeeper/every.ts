import { describeError, log } from "#lib/log.ts";

/** Between the end of one run and the start of the next, in milliseconds at least, however long a run takes. */
const LEAST_PAUSE_MS = 100;

/**
 * Repeats a task, each run this long after the start of the last one, in milliseconds; never two at a time.
 *
 * @param event - The log's name for a failed run.
 * @returns a function that stops it.
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
