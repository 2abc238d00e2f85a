import { expect, test } from "vitest";
import { isInstalled, isNodeRecentEnough } from "./install-state.mjs";

test.each([
  ["18.20.0", false],
  ["20.8.1", false],
  ["20.9.0", true],
  ["22.0.0", true],
])("Node %s runs the bootstrap: %s", (version, expected) => {
  expect(isNodeRecentEnough(version)).toBe(expected);
});

const wanted = {
  packages: {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/mac": { version: "1.0.0", optional: true },
  },
};

test.each([
  ["nothing installed, or an interrupted install", undefined, false],
  ["a package is missing", { packages: {} }, false],
  ["a package has another version", { packages: { "node_modules/a": { version: "0.9.0" } } }, false],
  ["all but another platform's package", { packages: { "node_modules/a": { version: "1.0.0" } } }, true],
])("whether to install: %s", (_, installed, expected) => {
  expect(isInstalled(wanted, installed)).toBe(expected);
});
