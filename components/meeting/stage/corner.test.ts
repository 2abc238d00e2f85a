import { expect, test } from "vitest";
import { cornerAfterKey, nearestCorner } from "./corner.ts";

const stage = { left: 0, top: 0, width: 1_000, height: 600 };
const box = (left: number, top: number) => ({ left, top, width: 200, height: 100 });

test.each([
  [box(0, 0), "top-left"],
  [box(450, 0), "top-right"],
  [box(399, 260), "bottom-left"],
  [box(780, 480), "bottom-right"],
] as const)("[I58] my tile, let go at %o, moves to the corner %s", (at, expected) => {
  expect(nearestCorner(at, stage)).toBe(expected);
});

test.each([
  ["bottom-right", "ArrowUp", "top-right"],
  ["bottom-right", "ArrowLeft", "bottom-left"],
  ["top-left", "ArrowDown", "bottom-left"],
  ["top-left", "ArrowRight", "top-right"],
  ["top-left", "ArrowUp", "top-left"],
  ["top-left", "Enter", undefined],
] as const)("[I58] in %s, %s moves my tile to %s", (from, key, expected) => {
  expect(cornerAfterKey(from, key)).toBe(expected);
});
