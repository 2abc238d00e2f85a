"use client";
import { useSyncExternalStore } from "react";
import { type Browser, browserOf } from "./device-advice.ts";

const never = () => () => {};

/** Whose words to use when something has to be allowed in the browser. */
export function useBrowser(): Browser {
  return useSyncExternalStore(
    never,
    () => browserOf(navigator.userAgent),
    () => "chrome",
  );
}
