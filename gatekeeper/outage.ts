/** A Redis that gave no answer for this long, in milliseconds, is away. A script is tried twice, which takes 2.2 s. */
const AWAY_AFTER_MS = 3_000;
/** And at least this many questions failed: one slow answer says nothing. */
const FEWEST_FAILURES = 2;
/** Upstash's own words when too much is asked of it: it is there. */
const IS_RATE_LIMIT = /rate limit|too many requests|max (daily |monthly )?(request|command|concurrent connection)/i;

/** Whether Redis is away, by what became of the questions it was asked. */
export class Outage {
  #firstFailedAtMs: number | undefined;
  #failures = 0;
  #answeredAtMs: number | undefined;

  /** @param askedAtMs - When the question that was answered was asked. */
  answered(askedAtMs: number): void {
    this.#firstFailedAtMs = undefined;
    this.#failures = 0;
    this.#answeredAtMs = Math.max(askedAtMs, this.#answeredAtMs ?? askedAtMs);
  }

  /** Whether the last question failed: then the next one is to be asked soon. */
  isSuspected(): boolean {
    return this.#firstFailedAtMs !== undefined;
  }

  /** @param askedAtMs - When the question that failed was asked. */
  failed(error: unknown, askedAtMs: number): void {
    if (isRateLimit(error)) return;
    this.#firstFailedAtMs = Math.min(this.#firstFailedAtMs ?? askedAtMs, askedAtMs);
    this.#failures += 1;
  }

  /**
   * Since when Redis is away: since its last answer, as it is asked every 15 s only. Undefined while it answers, and while it is not
   * certain yet that it does not.
   */
  sinceMs(nowMs: number): number | undefined {
    if (this.#firstFailedAtMs === undefined || this.#failures < FEWEST_FAILURES) return undefined;
    if (nowMs - this.#firstFailedAtMs < AWAY_AFTER_MS) return undefined;
    return Math.min(this.#firstFailedAtMs, this.#answeredAtMs ?? Infinity);
  }
}

function isRateLimit(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The client adds what was asked.
  const [said = ""] = error.message.split(", command was:");
  return IS_RATE_LIMIT.test(said) || isRateLimit(error.cause);
}
