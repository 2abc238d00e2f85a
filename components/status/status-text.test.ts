import { expect, test } from "vitest";
import { counted, percent } from "./status-text.ts";

test.each([
  [undefined, "–"],
  [0, "0 %"],
  [0.256, "26 %"],
  [1.5, "150 %"],
])("[O10] a load of %j reads %s", (share, text) => {
  expect(percent(share)).toBe(text);
});

test.each([
  [0, "0 people"],
  [1, "1 person"],
  [12, "12 people"],
])("[O10] %d reads %s", (count, text) => {
  expect(counted(count, "person", "people")).toBe(text);
});
