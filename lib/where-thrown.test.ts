import { expect, test } from "vitest";
import { whereThrown } from "./where-thrown.ts";

function thrown(message: string): Error {
  return new Error(message);
}

test.each(["plain", "", "two\nlines", "x\n    at SECRET (/x.js:1:1)", "    at SECRET"])(
  "[H35] frames do not contain the message: %j",
  (message) => {
    const frames = whereThrown(thrown(message));
    expect(frames).toMatch(/^at thrown \(/);
    expect(frames).not.toContain("SECRET");
    expect(frames?.split(" < ").length).toBeLessThanOrEqual(5);
  },
);

test("[H35] a message that is not found in the stack gives no frames", () => {
  const error = thrown("x\n    at SECRET (/x.js:1:1)");
  expect(error.stack).toContain("SECRET");
  error.message = "another";
  expect(whereThrown(error)).toBeUndefined();
});

test("[H35] an error without a stack gives no frames", () => {
  const error = thrown("x");
  delete error.stack;
  expect(whereThrown(error)).toBeUndefined();
});
