import type { Bearer } from "./token.ts";

/**
 * Signalling connections of one participant to one LiveKit room. One is enough; a second appears while a network changes, a
 * third when that happens twice in a row. With one more the oldest ends.
 */
const MOST_OF_ONE = 3;
/**
 * Connections of waiting guests that share a network address, over all meetings on this server: four classes of thirty. Waiting
 * also works without a connection, only more slowly.
 */
const MOST_WAITING_AT_ADDRESS = 120;

export type Connection = Bearer & { network: string };

/** Counts signalling connections, and limits how many one participant and one address can hold. */
export class Connections {
  readonly #ofOne = new Map<string, (() => void)[]>();
  readonly #waitingAt = new Map<string, number>();

  /**
   * Registers a connection.
   *
   * @param end - Closes it; called when it is the oldest of too many.
   * @returns a function to call when it is closed; undefined when it is one too many.
   */
  begin({ room, identity, kind, network }: Connection, end: () => void): (() => void) | undefined {
    const waiting = this.#waitingAt.get(network) ?? 0;
    if (kind === "lobby" && waiting >= MOST_WAITING_AT_ADDRESS) return undefined;
    if (kind === "lobby") this.#waitingAt.set(network, waiting + 1);
    const key = `${room} ${identity}`;
    const held = [...(this.#ofOne.get(key) ?? []), end];
    this.#ofOne.set(key, held);
    if (held.length > MOST_OF_ONE) held[0]?.();

    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (kind === "lobby") this.#leave(network);
      const left = (this.#ofOne.get(key) ?? []).filter((one) => one !== end);
      if (left.length > 0) this.#ofOne.set(key, left);
      else this.#ofOne.delete(key);
    };
  }

  #leave(network: string): void {
    const left = (this.#waitingAt.get(network) ?? 1) - 1;
    if (left > 0) this.#waitingAt.set(network, left);
    else this.#waitingAt.delete(network);
  }
}
