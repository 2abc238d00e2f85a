import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const sources = globSync("{app,lib,gatekeeper}/**/*.{ts,tsx}", { cwd: root }).filter(
  (path) => !path.includes(".test."),
);

/** A row of the table in the code's form: `nudge.lost warn error kind`. */
const lineOf = (event: string, level: string, fields: string[]) => [event, level, ...fields.toSorted()].join(" ");

/** The names of an object literal's own fields; those from `...` are not included. */
function fieldsOf(text: string): string[] {
  const flat = text.replaceAll(/\.\.\.\w+\([^)]*\)/g, "").replaceAll(/\([^()]*\)/g, "");
  return [...flat.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = ""]) => name);
}

/** The events that are logged by name, with level and fields. */
function loggedIn(text: string): string[] {
  const calls = /\blog\(\s*"(info|warn|error)",\s*(?:"([\w.-]+)"|`([\w.]+)\.\$\{[^`]*\}`)(?:,\s*\{(.*?)\},?\s*\))?/gs;
  const named = [...text.matchAll(calls)].map(([, level = "", event, start, fields = ""]) =>
    lineOf(event ?? `${start}.*`, level, fieldsOf(fields)),
  );
  // Repeated tasks log a failure under the name they were given.
  const repeated = [...text.matchAll(/\bevery\([A-Z_]+, "([\w.-]+)"/g)].map(([, event = ""]) =>
    lineOf(event, "warn", ["error"]),
  );
  return [...named, ...repeated];
}

const page = read("docs/operations.md");
const table = page.slice(page.indexOf("| event | level | fields |"), page.indexOf("To collect them"));
const written = [...table.matchAll(/^\| `([\w.*-]+)` \| (\w+) \| ([^|]+) \|/gm)].map(
  ([, event = "", level = "", fields = ""]) =>
    lineOf(
      event,
      level,
      [...fields.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
    ),
);

test("[O43] the table of log events matches the code, with levels and fields", () => {
  const logged = new Set(sources.map(read).flatMap(loggedIn));
  // lib/http/report.ts derives level and name from the error's code.
  logged.add(lineOf("request.*", "warn", ["route", "method", "error", "thrownAt"]));
  expect(logged.size).toBeGreaterThan(35);
  expect(written).toEqual([...logged].toSorted());
});

test("[O43] events in different forms are recognised", () => {
  expect(loggedIn('log("warn", "a.b-c", { site, error: describeError(error) });')).toEqual(["a.b-c warn error site"]);
  expect(loggedIn('log(\n  "info",\n  `x.${event}`,\n  { days: Math.floor(a / b), id },\n);')).toEqual([
    "x.* info days id",
  ]);
  expect(loggedIn('log("error", "sign-in.failed", { code, ...facts(x) })')).toEqual(["sign-in.failed error code"]);
  expect(loggedIn('every(SWEEP_MS, "sweep.failed", run)')).toEqual(["sweep.failed warn error"]);
});
