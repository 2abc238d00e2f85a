/** What a key does in the meeting. */
export type ShortcutAction =
  | "microphone"
  | "camera"
  | "hand"
  | "chat"
  | "people"
  | "admit-next"
  | "undo-admission"
  | "next-page"
  | "previous-page"
  | "shortcuts";

export type Shortcut = {
  action: ShortcutAction;
  /** As `KeyboardEvent.key` on a Latin keyboard, lower case. */
  key: string;
  /** With Ctrl, or Cmd on Apple machines. */
  isWithControl: boolean;
  /** In a text field the keys belong to the browser. */
  isOffInText?: boolean;
  isForHosts?: boolean;
};

export const SHORTCUTS: readonly Shortcut[] = [
  { action: "microphone", key: "d", isWithControl: true },
  { action: "camera", key: "e", isWithControl: true },
  { action: "hand", key: "h", isWithControl: false },
  { action: "chat", key: "c", isWithControl: false },
  { action: "people", key: "p", isWithControl: false },
  {
    action: "admit-next",
    key: "a",
    isWithControl: false,
    isForHosts: true,
  },
  {
    action: "undo-admission",
    key: "z",
    isWithControl: true,
    isOffInText: true,
    isForHosts: true,
  },
  { action: "previous-page", key: "arrowleft", isWithControl: false },
  { action: "next-page", key: "arrowright", isWithControl: false },
  { action: "shortcuts", key: "?", isWithControl: false },
];

export type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat"> & {
  /** AltGr, which on some systems sets neither Ctrl nor Alt. */
  isAltGraph: boolean;
};
/** Where the focus is, whether single keys are switched on (WCAG 2.1.4), and the kind of machine. */
export type PressContext = { isTyping: boolean; isInDialog: boolean; areSingleKeysOn: boolean; isApple: boolean };

/** Which shortcut a key press is, if any. Everything else stays the browser's or the system's. */
export function shortcutFor(press: Press, context: PressContext): ShortcutAction | undefined {
  if (press.repeat || press.altKey || press.isAltGraph) return undefined;
  // The other modifier belongs to the system: Meta opens menus on Windows and Linux, Ctrl moves the cursor on a Mac.
  const [isWithControl, isOthers] = context.isApple ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (isOthers || (isWithControl && press.shiftKey)) return undefined;
  if (!isWithControl && (context.isTyping || context.isInDialog || !context.areSingleKeysOn)) return undefined;
  const key = latinKey(press);
  // "?" needs Shift on most keyboards; a letter with Shift is no shortcut.
  if (press.shiftKey && key !== "?") return undefined;
  const found = SHORTCUTS.find((shortcut) => shortcut.key === key && shortcut.isWithControl === isWithControl);
  return found?.isOffInText && context.isTyping ? undefined : found?.action;
}

/**
 * The key as a Latin keyboard names it. A layout that writes Latin counts by letter (Dvorak and AZERTY move letters); any other
 * layout counts by the place of the key, where its Latin letter is printed (Cyrillic, Greek, Hebrew, Arabic, Thai, Korean, …).
 */
function latinKey({ key, code }: Pick<Press, "key" | "code">): string {
  const written = key.toLowerCase();
  // The question marks of Arabic and Greek, and the full-width one.
  if (/^[؟\u037E？]$/.test(written)) return "?";
  const isOfAnotherScript = /[^\p{ASCII}\p{Script=Latin}]/u.test(written) && /^[\p{L}\p{M}]+$/u.test(written);
  if (!isOfAnotherScript && written !== "unidentified") return written;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? written;
}

/** Two letters within this time are typed text, wherever the focus is; in ms. Typing with two fingers is faster than this. */
export const TYPING_MS = 1_000;

/**
 * Whether a single letter may admit a guest: the guest's card has the focus or shows the key, and no other letter was typed
 * just before. A host who types while no text field has the focus must not let a stranger in.
 */
export function mayAdmitByKey(facts: { isCardFocused: boolean; isKeyShown: boolean; sinceLetterMs: number }): boolean {
  return (facts.isCardFocused || facts.isKeyShown) && facts.sinceLetterMs >= TYPING_MS;
}

const KEY_NAMES: Record<string, string> = { arrowleft: "←", arrowright: "→" };

/** How the keys are written: `Ctrl + D`, `⌘ D`, `H`. */
export function keysText({ key, isWithControl }: Shortcut, isApple: boolean): string {
  const name = KEY_NAMES[key] ?? key.toUpperCase();
  if (!isWithControl) return name;
  return isApple ? `⌘ ${name}` : `Ctrl + ${name}`;
}

/** The value of `aria-keyshortcuts` for an action. */
export function ariaKeys(action: ShortcutAction, isApple: boolean): string | undefined {
  const shortcut = SHORTCUTS.find((candidate) => candidate.action === action);
  if (!shortcut) return undefined;
  const key = shortcut.key.toUpperCase();
  if (!shortcut.isWithControl) return key;
  return isApple ? `Meta+${key}` : `Control+${key}`;
}
