import { expect, test } from "vitest";
import { readDevFlags } from "./dev-flags.ts";
import { roundTripFromHere } from "../simulation/site-plan.ts";

const distances = (...args: string[]) => readDevFlags(args).sites.map((plan) => [plan.site, roundTripFromHere(plan)]);

test("by default everything is local", () => {
  expect(distances()).toEqual([["local-a", 0]]);
  expect(readDevFlags(["--lan"])).toMatchObject({ isLan: true, command: "npm run dev -- --lan" });
});

test("two regions are 76 ms apart by default, or as far as requested", () => {
  expect(distances("--regions", "2")).toEqual([
    ["use1a", 0],
    ["euw1a", 76],
  ]);
  expect(distances("--regions", "2", "--round-trip", "200")[1]).toEqual(["euw1a", 200]);
});

test.each([
  [["--regions", "2", "--lan"], "Two regions run on loopback only"],
  [["--regions", "3"], "choose 1 or 2"],
  [["--regions", "2", "--round-trip", "0"], "choose 1 to 2000"],
  [["--regions", "2", "--round-trip", "far"], "choose 1 to 2000"],
])("%j is refused with a readable error", (args, sentence) => {
  expect(() => readDevFlags(args)).toThrow(sentence);
});
