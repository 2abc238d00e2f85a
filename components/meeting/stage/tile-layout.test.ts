import { expect, test } from "vitest";
import { arrange, gridFor, pageSize } from "./tile-layout.ts";

const desk = { width: 1_440, height: 800 };
const phone = { width: 374, height: 640 };

test.each([
  [1, desk, "1x1"],
  [2, desk, "2x1"],
  [3, desk, "2x2"],
  [4, desk, "2x2"],
  [5, desk, "3x2"],
  [9, desk, "3x3"],
  [16, desk, "4x4"],
  [2, phone, "1x2"],
  [5, phone, "2x3"],
  [6, phone, "2x3"],
  [9, { width: 768, height: 900 }, "3x3"],
])("[N20] %d tiles on %o make a grid of %s", (count, stage, expected) => {
  const { columns, rows } = gridFor(count, stage, 8);
  expect(`${columns}x${rows}`).toBe(expected);
});

test.each([desk, phone, { width: 768, height: 900 }, { width: 320, height: 500 }])(
  "[N20] 1 to 16 tiles fit %o without scrolling",
  (stage) => {
    for (let count = 1; count <= 16; count += 1) {
      const { columns, rows, tile } = gridFor(count, stage, 8);
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      expect(columns * tile.width + (columns - 1) * 8).toBeLessThanOrEqual(stage.width + 0.01);
      expect(rows * tile.height + (rows - 1) * 8).toBeLessThanOrEqual(stage.height + 0.01);
    }
  },
);

test("[N20] five people fill a phone, and nine a tablet", () => {
  for (const [count, stage] of [
    [5, phone],
    [9, { width: 768, height: 900 }],
  ] as const) {
    const { columns, rows, tile } = gridFor(count, stage, 8);
    expect(columns * tile.width + (columns - 1) * 8).toBeCloseTo(stage.width);
    expect(rows * tile.height + (rows - 1) * 8).toBeCloseTo(stage.height);
  }
});

test.each([
  [3, desk, 3],
  [40, desk, 16],
  [40, { width: 260, height: 300 }, 8],
  [5, { width: 0, height: 0 }, 1],
])("[N21] of %d people, a stage of %o shows %d on a page", (count, stage, expected) => {
  expect(pageSize(count, stage, 8)).toBe(expected);
});

const face = (key: string) => ({ key, isScreen: false, isMe: key === "me" });
const screen = (key: string) => ({ key, isScreen: true, isMe: false });
const five = ["me", "a", "b", "c", "d"].map(face);
const order = (
  tiles = five,
  { before = [] as string[], speakers = [] as string[], spoke = {} as Record<string, number>, size = 3 } = {},
) => arrange(tiles, before, size, speakers, new Map(Object.entries(spoke))).join(" ");

test.each([
  ["the order given", order(), "me a b c d"],
  ["a screen comes first", order([...five, screen("s")]), "s me a b c d"],
  ["who is on page one stays when speaking", order(five, { speakers: ["b"] }), "me a b c d"],
  ["a speaker takes the place of the quietest", order(five, { speakers: ["d"], spoke: { b: 9 } }), "me d b c a"],
  ["and keeps it", order(five, { before: ["me", "d", "b", "c", "a"] }), "me d b c a"],
  ["never mine, never that of a speaker", order(five, { speakers: ["d", "a", "b"] }), "me a b c d"],
  ["two at once", order(five, { speakers: ["c", "d"] }), "me c d a b"],
  ["who left makes room", order(["me", "b", "c"].map(face), { before: ["me", "a", "b", "c"] }), "me b c"],
  ["who came goes last", order([...five, face("e")], { before: ["me", "d", "b", "c", "a"] }), "me d b c a e"],
])("[N22] pages move as few faces as they can: %s", (_, result, expected) => {
  expect(result).toBe(expected);
});
