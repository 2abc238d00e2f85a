"use client";
import { useEffect, useEffectEvent } from "react";
import { usePreferences } from "#components/preferences/use-preferences.ts";
import { type ShortcutAction, shortcutFor } from "#components/call-context/shortcuts.ts";
import { type AdmitByKey, useAdmitByKey } from "./use-admit-by-key.ts";
import { useDeviceSwitch } from "./use-device-switch.ts";
import { useView, useViewStore } from "#components/call-context/use-meeting.ts";
import { useMyHand } from "./use-my-hand.ts";
import { isApple } from "#components/call-context/use-shortcut-text.ts";

/** Handles the keys of the meeting. */
export function useShortcuts(): void {
  const { areSingleKeysOn } = usePreferences();
  const admission = useAdmitByKey();
  const act = useActions(admission);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const press = { ...pressOf(event), isAltGraph: event.getModifierState("AltGraph") };
    const context = {
      isTyping: isTyping(event.target),
      isInDialog: isDialogOpen(),
      areSingleKeysOn,
      isApple: isApple(),
    };
    const action = shortcutFor(press, context);
    const sinceLetterMs = admission.onKey(press, context.isTyping, event.timeStamp);
    if (action !== undefined && act(action, event.timeStamp, sinceLetterMs)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

const pressOf = ({ key, code, ctrlKey, metaKey, altKey, shiftKey, repeat }: KeyboardEvent) => ({
  key,
  code,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
  repeat,
});

/** @returns false when there was nothing to do: then the key press is left to the browser. */
type Act = (action: ShortcutAction, atMs: number, sinceLetterMs: number) => boolean;

function useActions(admission: AdmitByKey): Act {
  const view = useViewStore();
  const microphone = useDeviceSwitch("microphone");
  const camera = useDeviceSwitch("camera");
  const hand = useMyHand();
  const page = useView((state) => state.page);
  const actions: Record<ShortcutAction, (atMs: number, sinceLetterMs: number) => unknown> = {
    microphone: () => microphone.press(),
    camera: () => camera.press(),
    hand: () => hand.toggle(),
    chat: () => view.togglePanel("chat"),
    people: () => view.togglePanel("people"),
    "admit-next": admission.press,
    "undo-admission": () => admission.undo(),
    "next-page": () => view.change({ page: page + 1 }),
    "previous-page": () => view.change({ page: page - 1 }),
    shortcuts: () => view.change({ dialog: "shortcuts" }),
  };
  return (action, atMs, sinceLetterMs) => actions[action](atMs, sinceLetterMs) !== false;
}

const TYPED_INTO = "input, textarea, select, [contenteditable=true], [role=menu], [role=listbox]";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_INTO) !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=menu]") !== null;
}
