/** A value that changes: the current snapshot, and a way to subscribe to changes. */
export type Store<T> = { subscribe: (listener: () => void) => () => void; getSnapshot: () => T };

/**
 * Holds one value for many readers. `start` runs with the first reader; the function it returns runs once the last reader has
 * left and none has come in the same turn. React leaves and comes back within a turn (StrictMode does so with every new
 * screen), and a restart would send each request a second time.
 */
export function createStore<T>(
  initial: T,
  start?: (set: (next: T) => void) => () => void,
): Store<T> & { set: (next: T) => void } {
  let value = initial;
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(value, next)) return;
    value = next;
    for (const listener of Array.from(listeners)) listener();
  };
  return {
    set,
    getSnapshot: () => value,
    subscribe(listener) {
      listeners.add(listener);
      stop ??= start?.(set);
      return () => {
        listeners.delete(listener);
        queueMicrotask(() => {
          if (listeners.size > 0) return;
          stop?.();
          stop = undefined;
        });
      };
    },
  };
}
