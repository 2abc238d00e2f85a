import { describe, expect, test } from "vitest";
import { DisplayName, MAX_NAME_LENGTH } from "./display-name.ts";

const read = (text: string) => DisplayName.safeParse(text).data;

describe("[H17] names of people pass", () => {
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

describe("[H17] names are written in one way", () => {
  test.each([
    ["  Ada   Lovelace ", "Ada Lovelace"],
    ["Ada\r\n", "Ada"],
    ["Ada\u00A0\u2003Lovelace", "Ada Lovelace"],
    ["Ａｄａ", "Ada"],
    ["Jose\u0301", "José"],
    ["A\u200Bd\u2060a\uFEFF", "Ada"],
    ["soft\u00ADhyphen", "softhyphen"],
    ["ﬁona", "fiona"],
  ])("%j → %s", (text, name) => {
    expect(read(text)).toBe(name);
  });
});

describe("[H17] what is no name is refused", () => {
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
    "Ada\tLovelace",
    "Ada\u0000",
    "Ada\u001B[31m",
    "Ada\u007F",
    "Ada\u0085",
    "\u202EadA",
    "Ada\u202C",
    "Ada\u2066x\u2069",
    "Ada\u200F",
    "Ada\u200E",
    "Ada\u061C",
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

  // Known gap: fillers are letters to Unicode and blank to people. `fails` turns red once display-name.ts drops them.
  test.each(["\u3164", "\u115F", "\u1160", "\uFFA0"])("%j", (text) => {
    expect(read(text)).toBeUndefined();
  });

  test("as long as people count, not as bytes", () => {
    expect(read("👩‍💻".repeat(MAX_NAME_LENGTH))).toBeDefined();
    expect(read("é".repeat(MAX_NAME_LENGTH))).toBeDefined();
    expect(read("é".repeat(MAX_NAME_LENGTH + 1))).toBeUndefined();
  });
});
