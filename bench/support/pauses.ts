/** How long a video froze around a fault. */
export type Pause = {
  /** From the fault to the first frame after the longest freeze, in milliseconds. */
  seenAgainAfterMs: number;
  longestMs: number;
};

/** In milliseconds. A fault's freeze starts with the fault, but a pause of a busy machine just before it can hide the start. */
const BEFORE_MS = 500;

/** The longest time between two frames, in milliseconds; 0 if there are fewer than two. */
export function longestGap(framesAtMs: readonly number[]): number {
  return Math.max(0, ...framesAtMs.slice(1).map((atMs, index) => atMs - (framesAtMs[index] ?? atMs)));
}

/**
 * Finds the longest freeze since a fault.
 *
 * @param framesAtMs - When frames were shown, in order.
 * @returns undefined when no frame came after the fault.
 */
export function longestPause(framesAtMs: readonly number[], faultAtMs: number): Pause | undefined {
  let found: Pause | undefined;
  framesAtMs.forEach((atMs, index) => {
    const lastMs = framesAtMs[index - 1];
    if (lastMs === undefined || lastMs < faultAtMs - BEFORE_MS || atMs < faultAtMs) return;
    const longestMs = atMs - lastMs;
    if (!found || longestMs > found.longestMs) found = { seenAgainAfterMs: atMs - faultAtMs, longestMs };
  });
  return found;
}
