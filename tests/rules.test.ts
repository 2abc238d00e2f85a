import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");

const rules = new Set([...read("docs/rules.md").matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, id]) => id));
const places = [
  "{app,components,lib,gatekeeper,scripts,infra,tests}/**/*.{test,spec}.{ts,tsx}",
  "infra/testing/*-checks.ts",
];
const tests = globSync(places, {
  cwd: root,
});
const quoted = new Set(
  tests.flatMap((path) =>
    [...read(path).matchAll(/\[([A-Z]\d+(?:, ?[A-Z]\d+)*)\]/g)].flatMap(([, ids = ""]) => ids.split(/, ?/)),
  ),
);

test("every rule is proven by a test that quotes it", () => {
  expect([...rules].filter((id) => id !== undefined && !quoted.has(id))).toEqual([]);
});

test("every number a test quotes is a rule", () => {
  expect([...quoted].filter((id) => !rules.has(id))).toEqual([]);
});
