"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and until the page's scripts have taken over, true from then on. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
