import { expect, test } from "vitest";
import { describeTimes } from "./stage-times.ts";

test("stages are listed in the order in which they began", () => {
  const counts = { passed: 1, failed: 0 };
  const runs = [
    { name: "unit", title: "Unit tests", fromMs: 8_400, tookMs: 9_600, counts },
    { name: "e2e", title: "End to end", fromMs: 65_000, tookMs: 605_000, counts },
    { name: "types", title: "Types", fromMs: 0, tookMs: 8_300, counts },
  ];
  expect(describeTimes(runs).split("\n")).toEqual([
    "   Types       from  0:00  took  0:08",
    "   Unit tests  from  0:08  took  0:10",
    "   End to end  from  1:05  took 10:05",
  ]);
});
