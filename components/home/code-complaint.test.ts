import { describe, expect, it } from "vitest";
import { findRoomCode } from "#lib/ids.ts";
import { codeComplaint } from "./code-complaint.ts";

describe("joining with a code or link", () => {
  it.each([
    "abc-defg-hij",
    " ABC defg HIJ ",
    "abcdefghij",
    "https://veet.example/meet/abc-defg-hij?from=mail",
    "veet.example/meet/abc-defg-hij",
  ])("[S13] %j is understood", (text) => expect(findRoomCode(text)).toBe("abc-defg-hij"));

  it.each([
    ["", "Type the code"],
    ["https://example.org/", "leads to no meeting"],
    ["abc-defg-h1j", "only letters"],
    ["abc-defg-hi", "this has 9"],
  ])("[S13] %j is answered by what is wrong with it", (text, words) => {
    expect(findRoomCode(text)).toBeUndefined();
    expect(codeComplaint(text)).toContain(words);
  });
});
