"use client";
import { useEffect, useSyncExternalStore } from "react";
import type { ExternalToast, toast as show } from "sonner";
import { createStore } from "#lib/live/store.ts";
import { createLater, useLater } from "./later.ts";

type Show = typeof show;

const region = createLater(() => import("./toast-region.tsx"));
export const prefetchToasts = region.prefetch;

const isWanted = createStore(false);
let ready: (show: Show) => void = () => {};
const shown = new Promise<Show>((resolve) => (ready = resolve));

/**
 * Where short messages appear. They never take the focus and never cover the controls.
 *
 * Loaded at the first press or key: a message answers what the user did, and screen readers announce only what changes in a
 * region that is there already.
 */
export function Toasts() {
  useEffect(() => {
    const events = ["pointerdown", "keydown"] as const;
    for (const name of events) addEventListener(name, region.prefetch, { once: true, passive: true });
    return () => events.forEach((name) => removeEventListener(name, region.prefetch));
  }, []);
  const isFirstSent = useSyncExternalStore(isWanted.subscribe, isWanted.getSnapshot, () => false);
  const loaded = useLater(region, isFirstSent);
  return loaded && <loaded.ToastRegion onReady={ready} />;
}

/** Shows a short message. */
export function toast(title: string, options?: ExternalToast): void {
  isWanted.set(true);
  void shown.then((send) => send(title, options));
}

/** Takes a message away. */
export function dismissToast(id: string): void {
  void shown.then((send) => send.dismiss(id));
}
