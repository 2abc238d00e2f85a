import { describe, expect, test } from "vitest";
import { DisplayName } from "./display-name-schema.ts";
import { MAX_NAME_LENGTH } from "./display-name.ts";

const read = (text: string) => DisplayName.safeParse(text).data;

describe("[H17] people's names pass", () => {
  test.each([
    "Ada",
    "Ada Lovelace",
    "José García",
    "Zoë",
    "Ngũgĩ wa Thiong'o",
    "Đặng Thị Ngọc Thịnh",
    "Łukasz Żółć",
    "İstanbullu Çağla",
    "Ólafur Ragnar Grímsson",
    "Αλέξανδρος",
    "Юлия Иванова",
    "გიორგი",
    "Արամ",
    "王小明",
    "山田 太郎",
    "김민준",
    "محمد علي",
    "דוד כהן",
    "नरेन्द्र",
    "தமிழ் செல்வன்",
    "সুকুমার",
    "สมชาย",
    "ສົມພອນ",
    "አበበ",
    "O'Brien-Smith, Jr.",
    "Ada (she/her)",
    "Ada 🎉",
    "👩‍💻",
    "👨‍👩‍👧‍👦 the Smiths",
    "🇪🇸 Ana",
    "R2-D2",
    "42",
  ])("%s", (name) => {
    expect(read(name)).toBe(name.normalize("NFKC"));
  });
});

describe("[H17] names are normalised", () => {
  test.each([
    ["  Ada   Lovelace ", "Ada Lovelace"],
    ["Ada\r\n", "Ada"],
    ["Ada\u00A0\u2003Lovelace", "Ada Lovelace"],
    ["Ａｄａ", "Ada"],
    ["Jose\u0301", "José"],
    ["A\u200Bd\u2060a\uFEFF", "Ada"],
    ["soft\u00ADhyphen", "softhyphen"],
    ["ﬁona", "fiona"],
    ["Ada\tLovelace", "Ada Lovelace"],
    ["Ada\u2800Lovelace", "Ada Lovelace"],
  ])("%j → %s", (text, name) => {
    expect(read(text)).toBe(name);
  });
});

describe("[H37] invisible characters are removed from a name, not refused", () => {
  test.each([
    ["a direction mark", "Ada\u200E", "Ada"],
    ["a right-to-left mark", "\u200Fמיכל\u200F", "מיכל"],
    ["an Arabic letter mark", "Ada\u061C", "Ada"],
    ["an override, as a spoofer or a phone book writes it", "\u202EadA", "adA"],
    ["an embedding and its end", "\u202AAda\u202C", "Ada"],
    ["isolates, as translated templates write them", "Ada \u2068Lovelace\u2069", "Ada Lovelace"],
    ["a byte order mark", "\uFEFFAda", "Ada"],
    ["a word joiner and zero width spaces", "A\u200Bd\u2060a", "Ada"],
    ["a soft hyphen", "Love\u00ADlace", "Lovelace"],
    ["a combining grapheme joiner", "A\u034Fda", "Ada"],
    ["a Mongolian vowel separator", "Ada\u180E", "Ada"],
    ["invisible operators", "Ada\u2061\u2062\u2063\u2064", "Ada"],
    ["fillers of Hangul", "Ada\u3164\u115F\uFFA0", "Ada"],
    ["a placeholder of an object", "Ada\uFFFC", "Ada"],
    ["tags without a flag", "Ada\u{E0041}\u{E007F}", "Ada"],
    ["a joiner that joins nothing", "A\u200Dd\u200Ca\u200D", "Ada"],
    ["a variation of a letter that has none", "Ada\uFE0F", "Ada"],
  ])("%s", (_, text, name) => {
    expect(read(text)).toBe(name);
  });

  test.each([
    ["the joiner within Persian", "علی\u200Cرضا"],
    ["the joiner within Sinhala", "ශ්\u200Dරී"],
    ["a family", "👨‍👩‍👧‍👦"],
    ["a red heart", "Ada ❤\uFE0F"],
    ["the flag of Scotland", "Ada 🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}"],
    ["a variant of a kanji", "葛\u{E0100}城"],
    ["a keycap", "1\uFE0F\u20E3 Ada"],
  ])("%s stays", (_, name) => {
    expect(read(name)).toBe(name);
  });
});

describe("[H17] what is not a name is refused", () => {
  test.each([
    "",
    "   ",
    "\u3000",
    "\u200B\u200B",
    "\u200D",
    "\u00AD",
    "...",
    "-",
    "\u2800",
    "Ada\nLovelace",
    "Ada\u0000",
    "Ada\u001B[31m",
    "Ada\u007F",
    "Ada\u0085",
    "<b>Ada</b>",
    "<script>alert(1)</script>",
    "Ada<",
    "＜b＞",
    "\uFE64b",
    `A${"\u0335".repeat(40)}`,
    "a".repeat(MAX_NAME_LENGTH + 1),
    "a".repeat(401),
  ])("%j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  test.each(["\u3164", "\u115F", "\u1160", "\uFFA0", "\u202E", "\u2068\u2069", "\u{E0067}\u{E0062}"])("%j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  test("as long as people count, not as bytes", () => {
    expect(read("👩‍💻".repeat(MAX_NAME_LENGTH))).toBeDefined();
    expect(read("é".repeat(MAX_NAME_LENGTH))).toBeDefined();
    expect(read("é".repeat(MAX_NAME_LENGTH + 1))).toBeUndefined();
  });
});
