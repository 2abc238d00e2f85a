"use client";
import { useLocale } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import type { Preview } from "#lib/call/media/devices.ts";
import { whenIdle } from "#components/ui/later.ts";
import type { Language } from "#lib/languages.ts";
import { loadCallTexts } from "./call-texts.tsx";
import { loadMeetingRoom } from "./call-screen.tsx";
import type { EntryView } from "./entry-view.ts";
import { loadMeetingStore } from "./use-create-call.ts";

/** Even a browser that is never idle has the call's code after this time, in milliseconds. */
const LATEST_MS = 3_000;
const never = () => () => {};

/**
 * Loads the call's code and texts before it is needed, and not before the screen is there: with the own picture on the screen, when the
 * browser is idle; at once for who is on the way in.
 */
export function useCallCode(screen: EntryView["screen"], preview: Preview | undefined, isAsking: boolean): void {
  const language = useLocale();
  const isStarting = useSyncExternalStore(
    preview?.media.subscribe ?? never,
    () => isStartingCamera(preview),
    () => true,
  );
  const isNear = screen === "green-room" || screen === "waiting" || screen === "elsewhere";
  const isNow = screen === "returning" || (isNear && isAsking);
  const isSoon = isNear && !isStarting;
  useEffect(() => {
    const start = () => load(language);
    if (isNow) return start();
    return isSoon ? whenIdle(start, LATEST_MS) : undefined;
  }, [isNow, isSoon, language]);
}

function isStartingCamera(preview: Preview | undefined): boolean {
  return preview === undefined || preview.media.getSnapshot().camera.status === "starting";
}

function load(language: Language): void {
  // A failure shows when the call itself is loaded.
  void loadMeetingStore().catch(() => {});
  void loadMeetingRoom().catch(() => {});
  void loadCallTexts(language).catch(() => {});
}
