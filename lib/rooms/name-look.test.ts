import { describe, expect, test } from "vitest";
import { lookOf } from "./name-look.ts";

describe("[L27] names that read the same have the same look", () => {
  test.each([
    ["case", "Hanna Host", "HANNA HOST"],
    ["blanks", "Hanna Host", "hannahost"],
    ["punctuation", "Hanna Host", "Hanna_Host."],
    ["pictures", "Hanna Host", "Hanna Host ✅"],
    ["Cyrillic small letters", "Hanna Host", "Hаnna Hоst"],
    ["Cyrillic capitals", "Hanna Host", "Наnnа Ноst"],
    ["all in Cyrillic capitals", "Marta Kos", "МАRТА КОS"],
    ["Greek capitals", "Hanna Host", "Ηanna Ηost"],
    ["mathematical letters", "Hanna Host", "𝐇𝐚𝐧𝐧𝐚 𝐇𝐨𝐬𝐭"],
    ["full-width letters", "Hanna Host", "Ｈａｎｎａ Ｈｏｓｔ"],
    ["Lisu letters", "Hanna Host", "ꓧanna ꓧost"],
    ["zero for O", "Otto Olsen", "0tt0 0lsen"],
    ["one and small L for I", "Ilse Ilves", "1lse llves"],
    ["capital I for small L", "Will Hall", "WiII HaII"],
    ["r and n for m", "Emma", "Ernrna"],
    ["two v for w", "Owen", "Ovven"],
    ["accents", "Zoe Muller", "Zoë Müller"],
    ["a zero-width joiner", "Hanna Host", "Han\u200Dna Host"],
    ["a combining grapheme joiner", "Hanna Host", "Han\u034Fna Host"],
    ["a variation selector", "Hanna Host", "Hanna\uFE0F Host"],
    ["a Hangul filler", "Hanna Host", "Hanna\u3164Host"],
    ["a tag character", "Hanna Host", "Hanna\u{E0041} Host"],
    ["composed and not", "Žofie", "Z\u030Cofie"],
    ["Hebrew with a direction mark", "חנה", "חנ\u200Fה"],
  ])("%s", (_, name, other) => {
    expect(lookOf(other)).toBe(lookOf(name));
    expect(lookOf(name)).not.toBe("");
  });

  test.each([
    ["Hanna Host", "Hanna Horst"],
    ["Martin", "Martina"],
    ["Anna", "Hanna"],
    ["Li Wei", "Li Mei"],
    ["कमल", "कोमल"],
    ["محمد", "محمود"],
    ["王伟", "王芳"],
    ["Иван", "Иванна"],
    ["지민", "지만"],
    ["สมชาย", "สมชัย"],
  ])("%s and %s differ", (name, other) => {
    expect(lookOf(other)).not.toBe(lookOf(name));
  });

  test("a name of pictures only has an empty look", () => {
    expect(lookOf("🐙")).toBe("");
  });
});
