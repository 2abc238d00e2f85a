"use client";
import { useEffect, useEffectEvent } from "react";
import { usePreferences } from "#components/settings/use-preferences.ts";
import { attempt } from "./attempt.ts";
import { type ShortcutAction, shortcutFor } from "./shortcuts.ts";
import { useDeviceSwitch } from "./use-device-switch.ts";
import { useIsModerator, useLobby, useMeeting, useView, useViewStore } from "./use-meeting.ts";
import { useMyHand } from "./use-my-hand.ts";

/** Hears the keys of the meeting. */
export function useShortcuts(): void {
  const { areSingleKeysOn } = usePreferences();
  const act = useActions();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = shortcutFor(event, {
      isTyping: isTyping(event.target),
      isInDialog: isDialogOpen(),
      areSingleKeysOn,
    });
    if (action === undefined) return;
    event.preventDefault();
    act(action);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

function useActions(): (action: ShortcutAction) => void {
  const meeting = useMeeting();
  const view = useViewStore();
  const microphone = useDeviceSwitch("microphone");
  const camera = useDeviceSwitch("camera");
  const hand = useMyHand();
  const isModerator = useIsModerator();
  const next = useLobby(({ guests }) => guests[0]?.ticketId);
  const page = useView((state) => state.page);
  const actions: Record<ShortcutAction, () => void> = {
    microphone: microphone.press,
    camera: camera.press,
    hand: hand.toggle,
    chat: () => view.togglePanel("chat"),
    people: () => view.togglePanel("people"),
    "admit-next": () => {
      if (isModerator && next !== undefined) void attempt(() => meeting.decide(next, "admitted"));
    },
    "next-page": () => view.change({ page: page + 1 }),
    "previous-page": () => view.change({ page: page - 1 }),
    shortcuts: () => view.change({ dialog: "shortcuts" }),
  };
  return (action) => actions[action]();
}

const TYPED_INTO = "input, textarea, select, [contenteditable=true], [role=menu], [role=listbox]";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_INTO) !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=menu]") !== null;
}
