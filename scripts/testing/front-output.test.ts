import { expect, test } from "vitest";
import { createFrontOutput } from "./front-output.ts";

test("stages that write at the same time are shown one after the other, the first one live", () => {
  const shown: string[] = [];
  const open = createFrontOutput((text) => shown.push(text));
  const [types, lint, unit] = [open(), open(), open()];
  lint.write("lint 1");
  types.write("types 1");
  expect(shown).toEqual(["types 1"]);
  unit.write("unit 1");
  unit.end();
  types.write("types 2");
  types.end();
  expect(shown).toEqual(["types 1", "types 2", "lint 1"]);
  lint.write("lint 2");
  lint.end();
  expect(shown).toEqual(["types 1", "types 2", "lint 1", "lint 2", "unit 1"]);
});
