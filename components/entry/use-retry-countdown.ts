"use client";
import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from "react";
import { createStore } from "#lib/live/store.ts";

/**
 * Retries when the time is over. Returns the seconds left; undefined when there is no retry.
 *
 * @param occasion - A new object starts a new countdown, such as the facts of a new refusal.
 */
export function useRetryCountdown(
  seconds: number | undefined,
  occasion: object,
  retry: () => void,
): number | undefined {
  const countdown = useMemo(() => createCountdown(seconds, occasion), [seconds, occasion]);
  const retryNow = useEffectEvent(retry);
  useEffect(() => {
    if (seconds === undefined) return;
    const timer = setTimeout(() => retryNow(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds, occasion]);
  return useSyncExternalStore(countdown.subscribe, countdown.getSnapshot, () => undefined);
}

/** The seconds left, counted from the first subscription; undefined before and after. */
function createCountdown(seconds: number | undefined, _occasion: object) {
  return createStore<number | undefined>(undefined, (set) => {
    if (seconds === undefined) return () => {};
    const dueAtMs = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((dueAtMs - Date.now()) / 1000);
      set(left > 0 ? left : undefined);
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  });
}
