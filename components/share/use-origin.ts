"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Where this site is reached, as the browser sees it; empty until the page runs. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );
}

/** Whether the system has a share sheet of its own, as phones do. */
export function useCanShare(): boolean {
  return useSyncExternalStore(
    never,
    () => typeof navigator.share === "function",
    () => false,
  );
}
