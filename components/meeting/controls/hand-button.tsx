"use client";
import { Hand } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ariaKeys } from "#components/call-context/shortcuts.ts";
import { useMyHand } from "./use-my-hand.ts";
import { isApple, useShortcutText } from "#components/call-context/use-shortcut-text.ts";

/** Raises my hand and lowers it. */
export function HandButton() {
  const t = useTranslations();
  const { isRaised, toggle } = useMyHand();
  const shortcut = useShortcutText("hand");
  return (
    <IconButton
      label={t(isRaised ? "call.lowerHand" : "call.raiseHand")}
      shortcut={shortcut}
      aria-keyshortcuts={ariaKeys("hand", isApple())}
      tone={isRaised ? "primary" : "neutral"}
      className="hidden! size-12! sm:grid!"
      icon={<Hand className="size-5.5" />}
      onClick={toggle}
    />
  );
}
