import { arrange } from "./tile-layout.ts";
import type { StageTile } from "./stage-plan.ts";

/** The order in which tiles are shown, with what is needed to change it as little as possible. */
export type Arrangement = {
  order: readonly string[];
  speakers: readonly string[];
  /** When each spoke last, counted in changes of who speaks. */
  spokeAt: ReadonlyMap<string, number>;
  turn: number;
};

export const NO_ARRANGEMENT: Arrangement = { order: [], speakers: [], spokeAt: new Map(), turn: 0 };

/** What the arrangement becomes. The same object when nothing changes. */
export function nextArrangement(
  before: Arrangement,
  tiles: readonly StageTile[],
  size: number,
  speakers: readonly string[],
): Arrangement {
  const hasTurned = speakers !== before.speakers;
  const turn = hasTurned ? before.turn + 1 : before.turn;
  const spokeAt = hasTurned
    ? new Map([...before.spokeAt, ...speakers.map((key) => [key, turn] as const)])
    : before.spokeAt;
  const places = tiles.map(({ key, kind, person }) => ({ key, isScreen: kind === "share", isMe: person.isMe }));
  const order = arrange(places, before.order, size, speakers, spokeAt);
  const isSameOrder = order.length === before.order.length && order.every((key, index) => key === before.order[index]);
  if (isSameOrder && !hasTurned) return before;
  return { order: isSameOrder ? before.order : order, speakers, spokeAt, turn };
}
