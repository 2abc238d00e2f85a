import { expect, test } from "vitest";
import { add, countPlaywright, countStep, countVitest } from "./counts.ts";

test.each([
  ["all pass", { numPassedTests: 3, numFailedTests: 0 }, true, { passed: 3, failed: 0 }],
  ["one fails", { numPassedTests: 2, numFailedTests: 1 }, false, { passed: 2, failed: 1 }],
  ["a file does not load", { numPassedTests: 2, numFailedTests: 0 }, false, { passed: 2, failed: 1 }],
  ["there are no tests", { numPassedTests: 0, numFailedTests: 0 }, true, { passed: 0, failed: 1 }],
  ["there is no report", undefined, false, { passed: 0, failed: 1 }],
])("Vitest: %s", (_, report, isFine, expected) => {
  expect(countVitest(report, isFine)).toEqual(expected);
});

test.each([
  ["all pass", { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 1 } }, true, { passed: 3, failed: 0 }],
  ["one fails", { stats: { expected: 2, unexpected: 1, flaky: 0 } }, false, { passed: 2, failed: 1 }],
  [
    "one passes only at the second try",
    { stats: { expected: 2, unexpected: 0, flaky: 1 } },
    true,
    { passed: 2, failed: 1 },
  ],
  ["the stack does not start", { stats: { expected: 0, unexpected: 0, flaky: 0 } }, false, { passed: 0, failed: 1 }],
])("Playwright: %s", (_, report, isFine, expected) => {
  expect(countPlaywright(report, isFine)).toEqual(expected);
});

test("a step counts as one, and counts add up", () => {
  expect(add(countStep(true), countStep(false))).toEqual({ passed: 1, failed: 1 });
});
