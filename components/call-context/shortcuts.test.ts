import { expect, test } from "vitest";
import {
  ariaKeys,
  keysText,
  mayAdmitByKey,
  type Press,
  type PressContext,
  SHORTCUTS,
  shortcutFor,
  TYPING_MS,
} from "./shortcuts.ts";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "",
  isAltGraph: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});
const free: PressContext = { isTyping: false, isInDialog: false, areSingleKeysOn: true, isApple: false };
const onMac = { ...free, isApple: true };
const ctrl = { ctrlKey: true };

test.each([
  ["Ctrl+D", press("d", ctrl), free, "microphone"],
  ["Cmd+E on a Mac", press("e", { metaKey: true }), onMac, "camera"],
  ["Ctrl+D while typing", press("d", ctrl), { ...free, isTyping: true }, "microphone"],
  ["Ctrl+D with single keys off", press("d", ctrl), { ...free, areSingleKeysOn: false }, "microphone"],
  ["H", press("h"), free, "hand"],
  ["H with caps lock", press("H"), free, "hand"],
  ["?", press("?", { shiftKey: true }), free, "shortcuts"],
  ["A", press("a"), free, "admit-next"],
  ["H while typing", press("h"), { ...free, isTyping: true }, undefined],
  ["H in a dialog", press("h"), { ...free, isInDialog: true }, undefined],
  ["H with single keys off", press("h"), { ...free, areSingleKeysOn: false }, undefined],
  ["Ctrl+C stays copy", press("c", ctrl), free, undefined],
  ["Ctrl+P stays print", press("p", ctrl), free, undefined],
  ["Ctrl+A stays select all", press("a", ctrl), free, undefined],
  ["Ctrl+Shift+D stays the browser's", press("D", { ...ctrl, shiftKey: true }), free, undefined],
  ["Alt+H stays the browser's", press("h", { altKey: true }), free, undefined],
  ["Shift+H", press("H", { shiftKey: true }), free, undefined],
  ["Ctrl+Z", press("z", ctrl), free, "undo-admission"],
  ["Ctrl+Z in a text stays the browser's", press("z", ctrl), { ...free, isTyping: true }, undefined],
  ["AltGr+E writes a character", press("e", { isAltGraph: true }), free, undefined],
  ["AltGr as Windows reports it", press("e", { ...ctrl, altKey: true }), free, undefined],
  ["a held key acts once", press("h", { repeat: true }), free, undefined],
])(
  "[I12] shortcuts act only outside text fields and never replace the browser's own: %s",
  (_, pressed, context, action) => {
    expect(shortcutFor(pressed, context)).toBe(action);
  },
);

test.each([
  ["Meta+D on Windows and Linux", press("d", { metaKey: true }), free],
  ["Meta+E on Windows and Linux", press("e", { metaKey: true }), free],
  ["Meta+H on Windows and Linux", press("h", { metaKey: true }), free],
  ["Meta+A on Windows and Linux", press("a", { metaKey: true }), free],
  ["Ctrl+Meta+D on Windows and Linux", press("d", { metaKey: true, ...ctrl }), free],
  ["Ctrl+D on a Mac, where it deletes", press("d", ctrl), { ...onMac, isTyping: true }],
  ["Ctrl+E on a Mac, where it goes to the end", press("e", ctrl), { ...onMac, isTyping: true }],
  ["Ctrl+Cmd+D on a Mac", press("d", { metaKey: true, ...ctrl }), onMac],
  ["Ctrl+A on a Mac", press("a", ctrl), onMac],
])("[I26] the system's modifier is no shortcut: %s", (_, pressed, context) => {
  expect(shortcutFor(pressed, context)).toBeUndefined();
});

/** What the keys D, E, H, C, P and A of a Latin keyboard write in other layouts. */
const LAYOUTS: [layout: string, written: string][] = [
  ["Russian", "вурсза"],
  ["Ukrainian", "вурсза"],
  ["Bulgarian (phonetic)", "дехцпа"],
  ["Serbian", "дехцпа"],
  ["Greek", "δεηψπα"],
  ["Hebrew", "גקיבפש"],
  ["Arabic", "يثاؤحش"],
  ["Persian", "یثازحش"],
  ["Thai", "กำ้แยฟ"],
  ["Korean", "ㅇㄷㅗㅊㅔㅁ"],
  ["Georgian", "დეჰცპა"],
  ["Armenian", "դեհցպա"],
];
const PLACES = ["KeyD", "KeyE", "KeyH", "KeyC", "KeyP", "KeyA"];
const ACTIONS = ["microphone", "camera", "hand", "chat", "people", "admit-next"];

test.each(LAYOUTS)("[I25] shortcuts work on a %s keyboard", (_, written) => {
  const found = PLACES.map((code, i) =>
    shortcutFor(press(Array.from(written)[i] ?? "", { code, ...(i < 2 ? ctrl : {}) }), free),
  );
  expect(found).toEqual(ACTIONS);
});

test.each([
  ["Dvorak: D is where H is printed", press("d", { code: "KeyH", ...ctrl }), "microphone"],
  ["Dvorak: the place of E writes a full stop", press(".", { code: "KeyE", ...ctrl }), undefined],
  ["AZERTY: A is where Q is printed", press("a", { code: "KeyQ" }), "admit-next"],
  ["AZERTY: the place of A writes Q", press("q", { code: "KeyA" }), undefined],
  ["Turkish: a dotless i is Latin", press("ı", { code: "KeyI" }), undefined],
  ["Icelandic: ð is Latin, wherever it is", press("ð", { code: "KeyD" }), undefined],
  ["a sign is no letter", press("€", { code: "KeyE" }), undefined],
  ["a keyboard that reports only the key's position", press("Unidentified", { code: "KeyH" }), "hand"],
  ["a dead key", press("Dead", { code: "KeyE", ...ctrl }), undefined],
  ["an input method that is at work", press("Process", { code: "KeyA" }), undefined],
  ["Arabic question mark", press("؟", { code: "Slash", shiftKey: true }), "shortcuts"],
  ["Greek question mark", press("\u037E", { code: "KeyQ" }), "shortcuts"],
])("[I25] on Latin layouts the letter counts: %s", (_, pressed, action) => {
  expect(shortcutFor(pressed, free)).toBe(action);
});

test.each([
  [{ isCardFocused: false, isKeyShown: false, sinceLetterMs: Infinity }, false],
  [{ isCardFocused: true, isKeyShown: false, sinceLetterMs: Infinity }, true],
  [{ isCardFocused: false, isKeyShown: true, sinceLetterMs: Infinity }, true],
  [{ isCardFocused: true, isKeyShown: true, sinceLetterMs: TYPING_MS - 1 }, false],
  [{ isCardFocused: false, isKeyShown: true, sinceLetterMs: 120 }, false],
  [{ isCardFocused: false, isKeyShown: true, sinceLetterMs: TYPING_MS }, true],
])("[I27] a single letter admits only with its card visible, and only alone: %o → %s", (facts, may) => {
  expect(mayAdmitByKey(facts)).toBe(may);
});

test("[I13] every shortcut is listed once, and written as the keyboard has it", () => {
  expect(new Set(SHORTCUTS.map(({ action }) => action)).size).toBe(SHORTCUTS.length);
  const written = SHORTCUTS.map((shortcut) => [keysText(shortcut, false), keysText(shortcut, true)]);
  expect(written[0]).toEqual(["Ctrl + D", "⌘ D"]);
  expect(written[2]).toEqual(["H", "H"]);
  expect([ariaKeys("microphone", false), ariaKeys("microphone", true)]).toEqual(["Control+D", "Meta+D"]);
});
