import { expect, test } from "vitest";
import { ariaKeys, keysText, type Press, type PressContext, SHORTCUTS, shortcutFor } from "./shortcuts.ts";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});
const free: PressContext = { isTyping: false, isInDialog: false, areSingleKeysOn: true };
const ctrl = { ctrlKey: true };

test.each([
  ["Ctrl+D", press("d", ctrl), free, "microphone"],
  ["Cmd+E", press("e", { metaKey: true }), free, "camera"],
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
  ["a held key acts once", press("h", { repeat: true }), free, undefined],
])("[I12] keys act only where nobody types, and never instead of the browser: %s", (_, pressed, context, action) => {
  expect(shortcutFor(pressed, context)).toBe(action);
});

test("[I13] every shortcut is listed once, and written as the keyboard has it", () => {
  expect(new Set(SHORTCUTS.map(({ action }) => action)).size).toBe(SHORTCUTS.length);
  const written = SHORTCUTS.map((shortcut) => [keysText(shortcut, false), keysText(shortcut, true)]);
  expect(written[0]).toEqual(["Ctrl + D", "⌘ D"]);
  expect(written[2]).toEqual(["H", "H"]);
  expect(ariaKeys("microphone")).toBe("Control+D Meta+D");
});
