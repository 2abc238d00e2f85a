import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BELOW } from "../.dependency-cruiser.mjs";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** The rows of the table under a heading, as cells, without the header row. */
const rowsUnder = (page: string, head: string) =>
  page
    .slice(page.indexOf(head))
    .split("\n\n", 1)
    .join("")
    .trim()
    .split("\n")
    .slice(2)
    .map((line) => line.split("|").slice(1, -1));
const quoted = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

test("[E20] CONTRIBUTING names one existing path for each common change", () => {
  const changes = rowsUnder(read("CONTRIBUTING.md"), "| to add | open |").map(
    ([change = "", where]) => [change.trim(), quoted(where)] as const,
  );
  expect(changes.map(([change]) => change)).toEqual([
    "a reaction",
    "a language",
    "a rate limit",
    "an alarm",
    "a media region",
  ]);
  expect(changes.filter(([, paths]) => paths.length !== 1)).toEqual([]);
  expect(changes.flatMap(([, paths]) => paths).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("[E20] the architecture page shows the imports that are checked", () => {
  const shown = rowsUnder(read("docs/architecture.md"), "| `lib/` | imports |").map(
    ([noun, below]) => [quoted(noun)[0], quoted(below)] as const,
  );
  expect(shown).toEqual(Object.entries(BELOW));
});
