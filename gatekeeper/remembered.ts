/** How long after a connection was cut its participant may come back while Redis is away, in milliseconds. */
const MAY_COME_BACK_MS = 60_000;
/** More than any node carries; beyond it the oldest are forgotten. */
const MOST = 20_000;

type Entry = {
  /** When Redis last confirmed them, or LiveKit listed them. */
  seenAtMs: number;
  /** Which Redis confirmed them: another epoch means that it has been emptied since. Undefined if unknown. */
  epoch: string | undefined;
  /** Signalling connections through this gatekeeper. */
  open: number;
  /** When the last of them ended. */
  cutAtMs: number | undefined;
};
export type Person = { room: string; identity: string };

/** Participants that Redis confirmed and has not refused since, and whether they are connected. */
export class Remembered {
  readonly #entries = new Map<string, Entry>();

  /** Redis confirmed them. */
  confirm({ room, identity }: Person, nowMs: number, epoch: string | undefined): void {
    const key = keyOf(room, identity);
    const before = this.#entries.get(key);
    // Deleted first, so that the map is in the order of time.
    this.#entries.delete(key);
    this.#entries.set(key, {
      seenAtMs: nowMs,
      epoch: epoch ?? before?.epoch,
      open: before?.open ?? 0,
      cutAtMs: before?.cutAtMs,
    });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
  }

  /** Redis refused them: earlier confirmations no longer count. */
  forget({ room, identity }: Person): void {
    this.#entries.delete(keyOf(room, identity));
  }

  opened({ room, identity }: Person): void {
    const entry = this.#entries.get(keyOf(room, identity));
    if (entry) entry.open += 1;
  }

  closed({ room, identity }: Person, nowMs: number): void {
    const entry = this.#entries.get(keyOf(room, identity));
    if (!entry) return;
    entry.open = Math.max(0, entry.open - 1);
    if (entry.open === 0) entry.cutAtMs = nowMs;
  }

  /**
   * Whether a participant may come back while Redis cannot be asked: the connection is still open, or was cut recently and
   * after Redis went away.
   */
  mayComeBack({ room, identity }: Person, awaySinceMs: number, nowMs: number): boolean {
    const entry = this.#entries.get(keyOf(room, identity));
    if (!entry) return false;
    if (entry.open > 0) return true;
    return entry.cutAtMs !== undefined && entry.cutAtMs >= awaySinceMs && nowMs - entry.cutAtMs <= MAY_COME_BACK_MS;
  }

  /** Whether they were confirmed by a Redis that has been emptied since. */
  isOfEarlier({ room, identity }: Person, epoch: string | undefined): boolean {
    const entry = this.#entries.get(keyOf(room, identity));
    return entry?.epoch !== undefined && entry.epoch !== epoch;
  }

  /** LiveKit lists them, and an emptied Redis cannot know them. */
  keep({ room, identity }: Person, nowMs: number): void {
    const entry = this.#entries.get(keyOf(room, identity));
    if (entry) entry.seenAtMs = nowMs;
  }

  /** Forgets participants who were last seen so long ago that it makes no difference. */
  prune(nowMs: number): void {
    for (const [key, { open, cutAtMs, seenAtMs }] of this.#entries) {
      if (open === 0 && nowMs - Math.max(seenAtMs, cutAtMs ?? 0) > MAY_COME_BACK_MS) this.#entries.delete(key);
    }
  }

  /** The remembered identities, by LiveKit room. */
  byRoom(): Map<string, string[]> {
    const rooms = new Map<string, string[]>();
    for (const key of this.#entries.keys()) {
      const { room, identity } = personOf(key);
      const known = rooms.get(room);
      if (known) known.push(identity);
      else rooms.set(room, [identity]);
    }
    return rooms;
  }
}

function keyOf(room: string, identity: string): string {
  return `${room} ${identity}`;
}

function personOf(key: string): Person {
  const at = key.indexOf(" ");
  return { room: key.slice(0, at), identity: key.slice(at + 1) };
}
