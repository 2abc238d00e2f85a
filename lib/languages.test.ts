import { expect, test } from "vitest";
import { chooseLanguage, isLanguage } from "./languages.ts";

test.each([
  [undefined, null, "en"],
  [undefined, "", "en"],
  [undefined, "es", "es"],
  [undefined, "es-MX,es;q=0.9,en;q=0.8", "es"],
  [undefined, "en-US,en;q=0.9,es;q=0.8", "en"],
  [undefined, "ja, es;q=0.3, en;q=0.7", "en"],
  [undefined, "ES-ar", "es"],
  [undefined, "es;q=0, en", "en"],
  [undefined, "*", "en"],
  [undefined, "__proto__,constructor", "en"],
  [undefined, ",;;q=x,es", "es"],
  ["es", "en", "es"],
  ["en", "es", "en"],
  ["xx", "es", "es"],
  ["__proto__", null, "en"],
])("[I47] having chosen %j in a browser that accepts %j, the user reads %s", (chosen, accepted, language) => {
  expect(chooseLanguage(chosen, accepted)).toBe(language);
});

test("[I47] only languages with a catalogue count", () => {
  expect(["en", "toString", "", undefined].map(isLanguage)).toEqual([true, false, false, false]);
});
