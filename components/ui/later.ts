"use client";
import { useEffect, useSyncExternalStore } from "react";
import { type Store, createStore } from "#lib/live/store.ts";

/** A module that is loaded when it is first wanted. */
export type Later<T> = { loaded: Store<T | undefined>; prefetch: () => void };

/** Without Suspense: nothing on the screen changes while the module loads, and a failed load is repeated when it is wanted again. */
export function createLater<T>(load: () => Promise<T>): Later<T> {
  const loaded = createStore<T | undefined>(undefined);
  let isLoading = false;
  return {
    loaded,
    prefetch() {
      if (isLoading) return;
      isLoading = true;
      load().then(loaded.set, () => (isLoading = false));
    },
  };
}

/** @returns undefined until the module is there. */
export function useLater<T>({ loaded, prefetch }: Later<T>, isWanted: boolean): T | undefined {
  useEffect(() => {
    if (isWanted) prefetch();
  }, [isWanted, prefetch]);
  return useSyncExternalStore(loaded.subscribe, loaded.getSnapshot, () => undefined);
}

/** Runs when the browser has nothing better to do. @returns a function that cancels it */
export function whenIdle(run: () => void, timeoutMs: number): () => void {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(run, Math.min(timeoutMs, 200));
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: timeoutMs });
  return () => cancelIdleCallback(handle);
}
