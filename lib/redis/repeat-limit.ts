/** Less than this makes no sense, in ms: Redis in another region normally takes a third of it. */
const LEAST_MS = 300;

/**
 * Returns the time limit for the second attempt of a script: both attempts share twice the limit of one. On a busy server the
 * first attempt's timer fires late; with a full second attempt after it, 503 came after 3.9 s instead of 2.5 s.
 *
 * @param limitMs - Of one attempt.
 * @param spentMs - By the first one.
 */
export function repeatWithinMs(limitMs: number, spentMs: number): number {
  return Math.round(Math.min(limitMs, Math.max(LEAST_MS, 2 * limitMs - spentMs)));
}
