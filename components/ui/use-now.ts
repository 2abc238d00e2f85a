"use client";
import { useSyncExternalStore } from "react";
import { createStore } from "#lib/live/store.ts";

/** Ticks once a second, only while it has subscribers. */
const seconds = createStore(0, (set) => {
  const tick = () => set(Date.now());
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
});

/** This browser's time in ms, renewed each second; 0 until the page runs. */
export function useNow(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.getSnapshot, () => 0);
}
