import { expect, test } from "vitest";
import { percent } from "./status-text.ts";

test.each([
  [undefined, "–"],
  [0, "0 %"],
  [0.256, "26 %"],
  [1.5, "150 %"],
])("[O10] a load of %j reads %s", (share, text) => {
  expect(percent(share)).toBe(text);
});
