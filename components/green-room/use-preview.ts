"use client";
import { useSyncExternalStore } from "react";
import type { LocalMedia, Preview } from "#lib/call/media/devices.ts";

/** What my camera and microphone are doing before the meeting. */
export function usePreviewMedia(preview: Preview): LocalMedia {
  return useSyncExternalStore(preview.media.subscribe, preview.media.getSnapshot, preview.media.getSnapshot);
}

/** How loud I am, 0 to 1. */
export function usePreviewLevel(preview: Preview): number {
  return useSyncExternalStore(preview.level.subscribe, preview.level.getSnapshot, () => 0);
}
