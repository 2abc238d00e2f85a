import { describe, expect, it } from "vitest";
import { findRoomCode } from "#lib/rooms/find-room-code.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { codeProblem } from "./code-problem.ts";

describe("joining with a code or link", () => {
  it.each([
    ["", "Enter the code"],
    ["https://example.org/", "not a meeting link"],
    ["abc-defg-h1j", "only letters"],
    ["abc-defg-hi", "This one has 9"],
    ["abc – defg – hi", "This one has 9"],
    ["see you there at three o'clock", "no meeting link or code"],
  ])("[S13] %j is answered by what is wrong with it", (text, words) => {
    expect(findRoomCode(text)).toBeUndefined();
    const { key, count } = codeProblem(text);
    expect(textsIn("en")(key, { count })).toContain(words);
  });
});
