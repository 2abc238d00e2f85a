/** What a key does in the meeting. */
export type ShortcutAction =
  "microphone" | "camera" | "hand" | "chat" | "people" | "admit-next" | "next-page" | "previous-page" | "shortcuts";

export type Shortcut = {
  action: ShortcutAction;
  /** As `KeyboardEvent.key`, lower case. */
  key: string;
  /** With Ctrl, or Cmd on Apple machines. */
  isWithControl: boolean;
  does: string;
  isForHosts?: boolean;
};

export const SHORTCUTS: readonly Shortcut[] = [
  { action: "microphone", key: "d", isWithControl: true, does: "Turn the microphone on or off" },
  { action: "camera", key: "e", isWithControl: true, does: "Turn the camera on or off" },
  { action: "hand", key: "h", isWithControl: false, does: "Raise or lower your hand" },
  { action: "chat", key: "c", isWithControl: false, does: "Open or close the chat" },
  { action: "people", key: "p", isWithControl: false, does: "Open or close the list of people" },
  { action: "admit-next", key: "a", isWithControl: false, does: "Admit who waits longest", isForHosts: true },
  { action: "previous-page", key: "arrowleft", isWithControl: false, does: "Show the previous page of people" },
  { action: "next-page", key: "arrowright", isWithControl: false, does: "Show the next page of people" },
  { action: "shortcuts", key: "?", isWithControl: false, does: "Show this list" },
];

export type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat">;
/** Where the focus is, and whether single keys are wanted at all (WCAG 2.1.4). */
export type PressContext = { isTyping: boolean; isInDialog: boolean; areSingleKeysOn: boolean };

/** Which shortcut a key press is, if any. Everything else stays the browser's. */
export function shortcutFor(press: Press, context: PressContext): ShortcutAction | undefined {
  if (press.repeat || press.altKey) return undefined;
  const isWithControl = press.ctrlKey || press.metaKey;
  if (isWithControl && (press.shiftKey || (press.ctrlKey && press.metaKey))) return undefined;
  if (!isWithControl && (context.isTyping || context.isInDialog || !context.areSingleKeysOn)) return undefined;
  const key = press.key.toLowerCase();
  // "?" needs Shift on most keyboards; a letter with Shift is no shortcut.
  if (press.shiftKey && key !== "?") return undefined;
  return SHORTCUTS.find((shortcut) => shortcut.key === key && shortcut.isWithControl === isWithControl)?.action;
}

const KEY_NAMES: Record<string, string> = { arrowleft: "←", arrowright: "→" };

/** How the keys are written: `Ctrl + D`, `⌘ D`, `H`. */
export function keysText({ key, isWithControl }: Shortcut, isApple: boolean): string {
  const name = KEY_NAMES[key] ?? key.toUpperCase();
  if (!isWithControl) return name;
  return isApple ? `⌘ ${name}` : `Ctrl + ${name}`;
}

/** The value of `aria-keyshortcuts` for an action. */
export function ariaKeys(action: ShortcutAction): string | undefined {
  const shortcut = SHORTCUTS.find((candidate) => candidate.action === action);
  if (!shortcut) return undefined;
  const key = shortcut.key.toUpperCase();
  return shortcut.isWithControl ? `Control+${key} Meta+${key}` : key;
}
