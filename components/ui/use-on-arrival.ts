"use client";
import { useEffect, useEffectEvent, useRef } from "react";

/** Does what was pressed before the page could: once, however often React tries out the effect during development. */
export function useOnArrival<T>(pressed: T | undefined, act: (pressed: T) => void): void {
  const isDone = useRef(false);
  const arrive = useEffectEvent(act);
  useEffect(() => {
    if (pressed === undefined || isDone.current) return;
    isDone.current = true;
    arrive(pressed);
  }, [pressed]);
}
