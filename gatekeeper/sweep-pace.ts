import { type ParticipantInfo, TrackSource } from "livekit-server-sdk";

/** While nothing changes at LiveKit, Redis is asked again after this time, in milliseconds. */
export const ASK_MS = 15_000;

type Listed = { name: string; participants: readonly ParticipantInfo[]; gone: readonly string[] };

/**
 * Decides when the sweep asks Redis.
 *
 * Every removal of a participant acts on LiveKit as well, and every join asks Redis itself. So Redis is asked right away when
 * LiveKit's lists differ from those of the last answer, and otherwise only now and then, for what was missed.
 */
export class SweepPace {
  #answered: { lists: string; dueAtMs: number } | undefined;

  isDue(lists: string, nowMs: number): boolean {
    return this.#answered?.lists !== lists || nowMs >= this.#answered.dueAtMs;
  }

  /**
   * Redis answered, and everyone is where they are allowed to be.
   *
   * @param againAtMs - When the answer will change without any change at LiveKit, if that is known.
   */
  settled(lists: string, nowMs: number, againAtMs = Infinity): void {
    this.#answered = { lists, dueAtMs: Math.min(nowMs + ASK_MS, againAtMs) };
  }

  /** The request failed, or a participant had to be evicted: the next pass asks again. */
  unsettled(): void {
    this.#answered = undefined;
  }
}

/** Everything in LiveKit's lists that the sweep checks, as a text that is the same for the same lists in any order. */
export function listsOf(rooms: readonly Listed[]): string {
  const texts = rooms.map(({ name, participants, gone }) =>
    JSON.stringify([name, participants.map(factsOf).toSorted(), gone.toSorted()]),
  );
  return texts.toSorted().join("\n");
}

const SHARES: readonly TrackSource[] = [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];

/** Leaves out what participants change all the time, such as a muted microphone: the sweep does not check it. */
function factsOf({ identity, sid, kind, permission, attributes, tracks }: ParticipantInfo): string {
  const shares = tracks.filter(({ source }) => SHARES.includes(source)).map((track) => `${track.sid} ${track.muted}`);
  const named = Object.entries(attributes).map((attribute) => attribute.join("="));
  return JSON.stringify([identity, sid, kind, permission, named.toSorted(), shares.toSorted()]);
}
