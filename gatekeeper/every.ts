import { describeError, log } from "#lib/log.ts";

/**
 * Does something again and again, each time this long after the last, in milliseconds.
 *
 * @param event - What the log calls a time that failed.
 * @returns what stops it.
 */
export function every(pauseMs: number, event: string, once: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const run = async () => {
    try {
      await once();
    } catch (error) {
      log("warn", event, { error: describeError(error) });
    }
    if (!isStopped) timer = setTimeout(() => void run(), pauseMs);
  };
  void run();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
