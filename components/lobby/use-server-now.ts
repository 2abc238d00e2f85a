"use client";
import { useEffect, useState } from "react";

/**
 * The server's time in milliseconds, told by the last answer and counted on from there once a second.
 * The browser's own clock may be minutes wrong, so only its progress is used.
 */
export function useServerNow(toldMs: number): number {
  const [passed, setPassed] = useState({ since: toldMs, ms: 0 });
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setPassed({ since: toldMs, ms: performance.now() - startedAt }), 1_000);
    return () => clearInterval(timer);
  }, [toldMs]);
  return toldMs + (passed.since === toldMs ? passed.ms : 0);
}
