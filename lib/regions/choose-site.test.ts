import { describe, expect, test } from "vitest";
import { chooseSites } from "./choose-site.ts";

describe("where a new meeting lives", () => {
  test.each([
    [["a", "b"], [], ["a", "b"], "the first site is best"],
    [["a", "b"], ["a"], ["b"], "a site that failed lately is left alone"],
    [["a", "b"], ["a", "b"], ["a"], "when all failed lately, one is tried nevertheless"],
    [["a", "b", "c", "d"], [], ["a", "b", "c"], "no user waits for more than three sites"],
    [["a"], ["a"], ["a"], "a laptop has one"],
  ])("[G1] of %j with %j broken: %j – %4$s", (sites, broken, expected) => {
    expect(chooseSites(sites, new Set(broken))).toEqual(expected);
  });
});
