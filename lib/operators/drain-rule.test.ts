import { expect, test } from "vitest";
import { mayDrain } from "./drain-rule.ts";

test.each<[string, string[], string[], string]>([
  ["a", ["a"], [], "last_site"],
  ["a", ["a", "b"], [], "yes"],
  ["a", ["a", "b"], ["b"], "last_site"],
  ["a", ["a", "b"], ["a"], "yes"],
  ["a", ["a", "b"], ["a", "b"], "yes"],
  ["a", ["a", "b", "c"], ["b"], "yes"],
  ["x", ["a", "b"], [], "not_found"],
])("[O26] draining %s of %j where %j are drained: %s", (site, sites, drained, verdict) => {
  expect(mayDrain(site, sites, new Set(drained))).toBe(verdict);
});
