/** How long a picture stood still around a fault. */
export type Pause = {
  /** From the fault to the first picture after the longest standstill, in milliseconds. */
  seenAgainAfterMs: number;
  longestMs: number;
};

/** The standstill that a fault makes begins with it; one just before, while a busy machine caught its breath, may hide it. */
const BEFORE_MS = 500;

/** The longest time between two pictures, in milliseconds; 0 where there are not two. */
export function longestGap(framesAtMs: readonly number[]): number {
  return Math.max(0, ...framesAtMs.slice(1).map((atMs, index) => atMs - (framesAtMs[index] ?? atMs)));
}

/**
 * Finds the longest standstill since a fault.
 *
 * @param framesAtMs - When pictures were shown, in order.
 * @returns undefined when no picture came after the fault.
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
