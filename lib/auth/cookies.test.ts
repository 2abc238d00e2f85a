import { expect, test } from "vitest";
import { cookieReader } from "./cookies.ts";

test.each([
  ["a=1; b=2", "b", "2"],
  ["a=1;b=2", "b", "2"],
  ["a=1; a=2", "a", undefined],
  ["a=1; b=2; a=1", "a", undefined],
  ["a=1; a=2", "b", undefined],
  ["a=1; a=2; b=3", "b", "3"],
  ["a=x=y==", "a", "x=y=="],
  ["xa=1", "a", undefined],
  ["a", "a", undefined],
  ["a=", "a", ""],
  ["__proto__=1", "toString", undefined],
  [null, "a", undefined],
])("[A14] [H7] %j, %s → %j", (header, name, value) => {
  expect(cookieReader(header)(name)).toBe(value);
});
