"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { useNow } from "#components/ui/use-now.ts";

/**
 * Tries again by itself when the time is over, and says how many seconds are left; undefined when nothing is to be tried.
 *
 * @param occasion - A new object starts a new countdown, such as the facts of a new refusal.
 */
export function useRetryCountdown(
  seconds: number | undefined,
  occasion: object,
  retry: () => void,
): number | undefined {
  const [dueAtMs, setDueAtMs] = useState<number>();
  const nowMs = useNow();
  const retryNow = useEffectEvent(retry);
  useEffect(() => {
    if (seconds === undefined) return;
    setDueAtMs(Date.now() + seconds * 1000);
    const timer = setTimeout(() => {
      setDueAtMs(undefined);
      retryNow();
    }, seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds, occasion]);
  if (dueAtMs === undefined || nowMs === 0) return undefined;
  return Math.max(0, Math.ceil((dueAtMs - nowMs) / 1000));
}
