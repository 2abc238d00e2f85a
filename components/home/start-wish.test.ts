import { expect, it } from "vitest";
import { startWish } from "./start-wish.ts";

it.each([
  ["pressed", true, "start"],
  ["pressed", false, "focus"],
  ["now", true, "focus"],
  ["now", false, "focus"],
  ["later", true, "later"],
  ["later", false, "later"],
  ["tomorrow", true, undefined],
  [["pressed", "pressed"], true, undefined],
  [undefined, true, undefined],
])("[S20] ?start=%j, from a page of ours: %s, wishes %s", (start, isFromOwnPage, wish) => {
  expect(startWish(start, isFromOwnPage)).toBe(wish);
});
