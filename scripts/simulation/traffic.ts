/** The traffic in one direction. */
export type Traffic = { packets: number; bytes: number };
/** `up` is from the browser to the server. */
export type Crossing = { up: Traffic; down: Traffic };

export function noCrossing(): Crossing {
  return { up: { packets: 0, bytes: 0 }, down: { packets: 0, bytes: 0 } };
}

export function count(traffic: Traffic, bytes: number): void {
  traffic.packets += 1;
  traffic.bytes += bytes;
}

export function sum(crossings: Iterable<Crossing>): Crossing {
  const total = noCrossing();
  for (const { up, down } of crossings) {
    for (const [into, from] of [
      [total.up, up],
      [total.down, down],
    ] as const) {
      into.packets += from.packets;
      into.bytes += from.bytes;
    }
  }
  return total;
}
