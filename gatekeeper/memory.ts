/** Somebody confirmed this lately may come back while Redis is away, in milliseconds. */
const REMEMBERED_MS = 60_000;
/** More than any node carries; beyond it the oldest are forgotten. */
const MOST = 20_000;

/** Who was found to be entitled, and when. */
export class Memory {
  readonly #confirmedAtMs = new Map<string, number>();

  confirm(room: string, identity: string, nowMs: number): void {
    const key = `${room} ${identity}`;
    // Deleted first, so that the map is in the order of time.
    this.#confirmedAtMs.delete(key);
    this.#confirmedAtMs.set(key, nowMs);
    const [oldest] = this.#confirmedAtMs.keys();
    if (this.#confirmedAtMs.size > MOST && oldest !== undefined) this.#confirmedAtMs.delete(oldest);
  }

  /** Also what was asked a moment ago counts no more once it was refused. */
  forget(room: string, identity: string): void {
    this.#confirmedAtMs.delete(`${room} ${identity}`);
  }

  isFresh(room: string, identity: string, nowMs: number): boolean {
    const confirmedAtMs = this.#confirmedAtMs.get(`${room} ${identity}`);
    return confirmedAtMs !== undefined && nowMs - confirmedAtMs <= REMEMBERED_MS;
  }
}
