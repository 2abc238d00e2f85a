"use client";
import { useEffect } from "react";
import { prefetchDialogs } from "#components/ui/dialog.tsx";
import { createLater, useLater, whenIdle } from "#components/ui/later.ts";
import { prefetchMenus } from "#components/ui/menu.tsx";
import { prefetchToasts } from "#components/ui/toast.tsx";
import { prefetchTooltips } from "#components/ui/tooltip.tsx";
import { useView } from "#components/call-context/use-meeting.ts";

const people = createLater(() => import("#components/people/people-panel.tsx"));
const chat = createLater(() => import("#components/chat/chat-panel.tsx"));
const settings = createLater(() => {
  // The dialog would ask for its window only when it is there itself.
  prefetchDialogs();
  return import("#components/settings/settings-dialog.tsx");
});
const shortcuts = createLater(() => import("./controls/shortcuts-dialog.tsx"));

/** The panel beside the stage. */
export function OpenPanel() {
  const panel = useView((view) => view.panel);
  const People = useLater(people, panel === "people")?.PeoplePanel;
  const Chat = useLater(chat, panel === "chat")?.ChatPanel;
  if (panel === "people") return People && <People />;
  return panel === "chat" && Chat && <Chat />;
}

/** The dialogs of the call that are opened from several places. */
export function CallDialogs() {
  const dialog = useView((view) => view.dialog);
  const Settings = useLater(settings, dialog === "settings")?.SettingsDialog;
  const Shortcuts = useLater(shortcuts, dialog === "shortcuts")?.ShortcutsDialog;
  return (
    <>
      {Settings && <Settings />}
      {Shortcuts && <Shortcuts />}
    </>
  );
}

/** By then, in milliseconds, the pictures of the first participants are on the screen. */
const AFTER_MS = 5_000;
const LATEST_MS = 5_000;

/**
 * Loads the rest of the call when the first pictures are there: each panel, menu and dialog opens at once, also on a network that
 * became slow, and after a deployment that removed this version's files.
 */
export function useLoadRest(): void {
  useEffect(() => {
    let stop = () => {};
    const timer = setTimeout(() => (stop = whenIdle(loadRest, LATEST_MS)), AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}

function loadRest(): void {
  for (const { prefetch } of [people, chat, settings, shortcuts]) prefetch();
  for (const prefetch of [prefetchMenus, prefetchDialogs, prefetchTooltips, prefetchToasts]) prefetch();
}
