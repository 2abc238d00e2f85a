"use client";
import { useEffect, useState } from "react";

/**
 * The server's time in milliseconds: from the last response, then advanced once a second.
 * The browser's own clock may be minutes wrong, so only its progress is used.
 */
export function useServerNow(answeredAtMs: number): number {
  const [passed, setPassed] = useState({ since: answeredAtMs, ms: 0 });
  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => setPassed({ since: answeredAtMs, ms: performance.now() - startedAt }), 1_000);
    return () => clearInterval(timer);
  }, [answeredAtMs]);
  return answeredAtMs + (passed.since === answeredAtMs ? passed.ms : 0);
}
