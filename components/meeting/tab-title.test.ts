import { expect, test } from "vitest";
import { tabTitle } from "./tab-title.ts";

test.each([
  ["Veet", 0, "Veet"],
  ["Veet", 2, "(2) Veet"],
  ["(2) Veet", 3, "(3) Veet"],
  ["(2) Veet", 0, "Veet"],
  ["Q3 (2) review", 1, "(1) Q3 (2) review"],
])("[I7] the tab of %j with %i waiting reads %j", (title, count, expected) => {
  expect(tabTitle(title, count)).toBe(expected);
});
