/** Less than this is no attempt: Redis in another region takes a third of it when all is well. */
const LEAST_MS = 300;

/**
 * How long the repeat of a script may take: both attempts share twice the limit of one. On a busy server the first attempt
 * notices late that its time is over, and with a full limit after it 503 came after 3.9 s instead of 2.5 s.
 *
 * @param limitMs - Of one attempt.
 * @param spentMs - By the first one.
 */
export function repeatWithinMs(limitMs: number, spentMs: number): number {
  return Math.round(Math.min(limitMs, Math.max(LEAST_MS, 2 * limitMs - spentMs)));
}
