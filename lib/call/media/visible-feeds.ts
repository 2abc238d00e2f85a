import type { TrackSource } from "../roster/leg-view.ts";

/** Which pictures have a place on the screen. Only these are subscribed. */
export type VisibleFeeds = {
  has: (identity: string, source: TrackSource) => boolean;
  /** A participant's camera or screen has one more place, until the returned function is called. */
  add: (identity: string, source: TrackSource) => () => void;
};

/** @param changed - A picture got its first place, or lost its last. */
export function createVisibleFeeds(changed: () => void): VisibleFeeds {
  const places = new Map<string, number>();
  const keyOf = (identity: string, source: TrackSource) => `${source} ${identity}`;
  return {
    has: (identity, source) => places.has(keyOf(identity, source)),
    add(identity, source) {
      const key = keyOf(identity, source);
      const count = places.get(key) ?? 0;
      places.set(key, count + 1);
      if (count === 0) changed();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const left = (places.get(key) ?? 1) - 1;
        if (left > 0) places.set(key, left);
        else places.delete(key);
        if (left === 0) changed();
      };
    },
  };
}
