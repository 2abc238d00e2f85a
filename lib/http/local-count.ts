/** The share of a limit that needs no request to Redis in each window. */
const FREE_SHARE = 1 / 4;
/** How many callers are remembered. In a flood of addresses, the rest are counted in Redis from their first request. */
const MOST_CALLERS = 10_000;

type Count = { endsAtMs: number; count: number };

/**
 * Counts callers that ask rarely in this process only: most polls then cost no Redis command.
 *
 * A caller who asks more often is counted in Redis, with everything counted here so far. So within one process no one exceeds a
 * limit; with several, each may let a quarter of it pass uncounted.
 */
export class LocalCount {
  readonly #counts = new Map<string, Count>();

  /** @returns how many requests of this caller to count in Redis now: 0 while they are few. */
  take(key: string, atMost: number, windowMs: number, nowMs: number): number {
    const free = Math.floor(atMost * FREE_SHARE);
    const known = this.#counts.get(key);
    if (known && known.endsAtMs > nowMs) {
      known.count += 1;
      if (known.count <= free) return 0;
      return known.count === free + 1 ? known.count : 1;
    }
    this.#counts.delete(key);
    if (free === 0 || !this.#hasRoom(nowMs)) return 1;
    this.#counts.set(key, { endsAtMs: nowMs + windowMs, count: 1 });
    return 0;
  }

  /** The map is in the order in which windows begin, and so nearly in the order in which they end. */
  #hasRoom(nowMs: number): boolean {
    for (const [key, { endsAtMs }] of this.#counts) {
      if (this.#counts.size < MOST_CALLERS || endsAtMs > nowMs) break;
      this.#counts.delete(key);
    }
    return this.#counts.size < MOST_CALLERS;
  }
}
