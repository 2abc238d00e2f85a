/** A Redis that gave no answer for this long, in milliseconds, is away. A script is tried twice, which takes 2.2 s. */
const AWAY_AFTER_MS = 3_000;
/** And at least this many requests failed: a single slow answer means nothing. */
const FEWEST_FAILURES = 2;
/** Upstash's own wording for too many requests: it is there. */
const IS_RATE_LIMIT = /rate limit|too many requests|max (daily |monthly )?(request|command|concurrent connection)/i;

/** Decides whether Redis is away, from the results of the requests to it. */
export class Outage {
  #firstFailedAtMs: number | undefined;
  #failures = 0;
  #answeredAtMs: number | undefined;

  /** @param askedAtMs - When the answered request was sent. */
  answered(askedAtMs: number): void {
    this.#firstFailedAtMs = undefined;
    this.#failures = 0;
    this.#answeredAtMs = Math.max(askedAtMs, this.#answeredAtMs ?? askedAtMs);
  }

  /** Whether the last request failed: then the next one should follow soon. */
  isSuspected(): boolean {
    return this.#firstFailedAtMs !== undefined;
  }

  /** @param askedAtMs - When the failed request was sent. */
  failed(error: unknown, askedAtMs: number): void {
    if (isRateLimit(error)) return;
    this.#firstFailedAtMs = Math.min(this.#firstFailedAtMs ?? askedAtMs, askedAtMs);
    this.#failures += 1;
  }

  /**
   * Since when Redis is away: since its last answer, because it is asked only every 15 s. Undefined while it answers, and while
   * it is not certain yet that it does not.
   */
  sinceMs(nowMs: number): number | undefined {
    if (this.#firstFailedAtMs === undefined || this.#failures < FEWEST_FAILURES) return undefined;
    if (nowMs - this.#firstFailedAtMs < AWAY_AFTER_MS) return undefined;
    return Math.min(this.#firstFailedAtMs, this.#answeredAtMs ?? Infinity);
  }
}

function isRateLimit(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The client appends the command.
  const [said = ""] = error.message.split(", command was:");
  return IS_RATE_LIMIT.test(said) || isRateLimit(error.cause);
}
