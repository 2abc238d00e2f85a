"use client";
import { usePreferences } from "#components/preferences/use-preferences.ts";
import { keysText, type ShortcutAction, SHORTCUTS } from "./shortcuts.ts";

export const isApple = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys of an action are written on this machine; empty while they are switched off. */
export function useShortcutText(action: ShortcutAction): string {
  const { areSingleKeysOn } = usePreferences();
  const shortcut = SHORTCUTS.find((candidate) => candidate.action === action);
  if (!shortcut || (!shortcut.isWithControl && !areSingleKeysOn)) return "";
  return keysText(shortcut, isApple());
}
