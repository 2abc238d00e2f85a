import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;

/** The folders whose names, comments and texts are in plain words. Add a folder when it is done. */
const DONE = [
  "app",
  "components",
  "gatekeeper",
  "lib/browser",
  "lib/call",
  "lib/chat",
  "lib/health",
  "lib/http",
  "lib/live",
  "lib/livekit",
  "lib/lobby",
  "lib/moderation",
  "lib/operators",
  "lib/presence",
  "lib/redis",
  "lib/regions",
  "lib/rooms",
  "lib/seats",
  "lib/testing",
  "lib/tokens",
  "tests/e2e",
  "tests/model",
];

/** What docs/glossary.md says not to say. */
const AVOIDED =
  /\b(?:somebody|nobody|everybody|anybody|whoever|whom|anew|heed(?:s|ed)?|hears|meanwhile|goes on|by itself|for good)\b|(?<![.\w])told\b(?!\s*[:,=}])/giu;

/** Lines with an avoided word, as `path:line: word`. */
function avoidedWords(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    return [...line.matchAll(AVOIDED)].map(([word]) => `${path}:${index + 1}: ${word}`);
  });
}

test.each(DONE)("%s says things in the words of the glossary", (folder) => {
  const paths = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT });
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.flatMap((path) => avoidedWords(path, readFileSync(`${ROOT}${path}`, "utf8")))).toEqual([]);
});

test.each([
  ["// Nobody is asked.", ["a.ts:1: Nobody"]],
  ["const x = 1;\n/** Done by itself, and the guest is told. */", ["a.ts:2: by itself", "a.ts:2: told"]],
  ["const { told: snapshot } = state.told;", []],
])("an avoided word is found in comments and texts: %s", (text, found) => {
  expect(avoidedWords("a.ts", text)).toEqual(found);
});
