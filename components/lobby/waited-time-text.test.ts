import { expect, test } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { waitedTimeText } from "./waited-time-text.ts";

test.each([
  [-3_000, "just now"],
  [0, "just now"],
  [4_999, "just now"],
  [5_000, "5 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_999, "59 min"],
  [3_600_000, "1 h"],
  [3_900_000, "1 h 5 min"],
])("[I3] a wait of %i ms reads %s", (ms, text) => {
  expect(waitedTimeText(textsIn("en"), ms)).toBe(text);
});
