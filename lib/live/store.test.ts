import { expect, test, vi } from "vitest";
import { createStore } from "./store.ts";

const turn = () => new Promise<void>((resolve) => queueMicrotask(resolve));

function watchedStore() {
  const stop = vi.fn();
  const start = vi.fn(() => stop);
  return { store: createStore(0, start), start, stop };
}

test("[N150] a source starts once for a reader who leaves and comes back in the same turn, as React does in StrictMode", async () => {
  const { store, start, stop } = watchedStore();
  store.subscribe(() => {})();
  const leave = store.subscribe(() => {});
  await turn();
  expect(start).toHaveBeenCalledTimes(1);
  expect(stop).not.toHaveBeenCalled();
  leave();
  await turn();
  expect(stop).toHaveBeenCalledTimes(1);
});

test("[N150] a source stops once when its last reader has left, and starts again for the next one", async () => {
  const { store, start, stop } = watchedStore();
  const [leaveFirst, leaveSecond] = [store.subscribe(() => {}), store.subscribe(() => {})];
  leaveFirst();
  await turn();
  expect(stop).not.toHaveBeenCalled();
  leaveSecond();
  leaveSecond();
  await turn();
  expect(stop).toHaveBeenCalledTimes(1);
  store.subscribe(() => {});
  expect(start).toHaveBeenCalledTimes(2);
});
