"use client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { dismissToast, toast } from "#components/ui/toast.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { useAttempt } from "#components/call-context/use-attempt.ts";
import { createHeldAdmissions, HOLD_MS } from "./held-admissions.ts";
import { mayAdmitByKey, type Press, TYPING_MS } from "#components/call-context/shortcuts.ts";
import { useIsModerator, useLobby, useMeeting } from "#components/call-context/use-meeting.ts";
import { useShortcutText } from "#components/call-context/use-shortcut-text.ts";

/** How the knock card marks itself and the hint with the key. */
const CARD = "[data-knock-card]";
const SHOWN_KEY = "[data-admit-key]";

export type AdmitByKey = {
  /**
   * Handles every key press. Letters in quick succession are typing: they undo an admission that the first one started.
   *
   * @returns the time since the previous letter, in ms.
   */
  onKey: (press: Press, isInText: boolean, atMs: number) => number;
  press: (atMs: number, sinceLetterMs: number) => void;
  /** @returns false when there was nothing to undo. */
  undo: () => boolean;
};

/** Admits a guest by key: after a delay in which it can be undone, and never as part of typed text. */
export function useAdmitByKey(): AdmitByKey {
  const t = useTranslations();
  const attempt = useAttempt();
  const meeting = useMeeting();
  const isModerator = useIsModerator();
  const guests = useLobby((lobby) => lobby.guests);
  const undoKeys = useShortcutText("undo-admission");
  const lastLetterAtMs = useRef(-Infinity);
  const heldAtMs = useRef(-Infinity);
  const held = useMemo(
    () =>
      createHeldAdmissions({
        admit: (ticketId) => void attempt(() => meeting.decide(ticketId, "admitted")),
        onHeld: ({ ticketId, name }) =>
          toast(t("call.admitting", { name: isolate(name) }), {
            id: ticketId,
            description: t("call.pressToUndo", { keys: undoKeys }),
            duration: HOLD_MS,
            action: { label: t("call.undo"), onClick: () => void held.undo() },
          }),
        onOver: ({ ticketId }) => dismissToast(ticketId),
      }),
    [meeting, undoKeys, attempt, t],
  );
  useEffect(
    () => held.keepOnly(isModerator ? guests.map(({ ticketId }) => ticketId) : []),
    [held, guests, isModerator],
  );
  useEffect(() => () => held.clear(), [held]);

  return {
    onKey({ key, ctrlKey, metaKey, altKey, repeat }, isInText, atMs) {
      const sinceLetterMs = atMs - lastLetterAtMs.current;
      if (key.length !== 1 || ctrlKey || metaKey || altKey || repeat) return sinceLetterMs;
      lastLetterAtMs.current = atMs;
      const undone = !isInText && atMs - heldAtMs.current < TYPING_MS && held.undo();
      if (undone) toast(t("call.notAdmitted", { name: isolate(undone.name) }), { description: t("call.seemedTyping") });
      return sinceLetterMs;
    },
    press(atMs, sinceLetterMs) {
      const isCardFocused = Boolean(document.activeElement?.closest(CARD));
      const shown = shownTicket();
      const facts = { isCardFocused, isKeyShown: shown !== undefined, sinceLetterMs };
      const guest = guests.find(({ ticketId }) => (shown === undefined ? !held.isHeld(ticketId) : ticketId === shown));
      if (isModerator && guest && mayAdmitByKey(facts) && held.hold(guest)) heldAtMs.current = atMs;
    },
    undo: () => held.undo() !== undefined,
  };
}

/** The ticket whose card shows the key, if it is visible: not on touch screens, and not while the card is hidden. */
function shownTicket(): string | undefined {
  const key = document.querySelector<HTMLElement>(SHOWN_KEY);
  return key && key.getClientRects().length > 0 ? key.dataset.admitKey : undefined;
}
