import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NextConfig } from "next";
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { GATEKEEPER_VARIABLES } from "../gatekeeper/env.ts";
import { VARIABLE_NAMES } from "#lib/env.ts";
import { ROOT } from "../scripts/stack/paths.ts";
import { HOME_REGION } from "./app.ts";
import { SST_VERSION } from "./versions.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PAGES = ["README.md", "CONTRIBUTING.md", ...globSync("docs/*.md", { cwd: ROOT })];
const OPERATORS = ["docs/operations.md", "docs/operations-aws.md", "docs/self-hosting.md"];
const aws = read("docs/operations-aws.md");

/** The matches of a pattern's first group, sorted and without duplicates. */
const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].toSorted();
/** Names in the first column of a table, between two lines of the page. */
const column = (page: string, from: string, to: string) => {
  const part = page.slice(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
  const cells = part.split("\n").flatMap((line) => /^ *\|([^|]+)\|/.exec(line)?.[1] ?? []);
  return found(cells.join("\n"), /`(\w+)`/g);
};

/** GitHub's anchor for a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
const anchorsOf = (path: string) =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

/** @returns links to a missing file or heading. */
function brokenLinks(path: string, text: string): string[] {
  return found(text, /\]\((?!https?:|mailto:)([^)\s]+)\)/g).filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : join(dirname(path), file);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
}

test.each([...PAGES, ...globSync("docs/decisions/*.md", { cwd: ROOT })])("[D37] links in %s have a target", (path) => {
  expect(brokenLinks(path, read(path))).toEqual([]);
});

test("[D37] a broken link is detected", () => {
  expect(brokenLinks("docs/operations.md", "[a](nowhere.md) [b](operations.md#no-such) [c](#health)")).toEqual([
    "nowhere.md",
    "operations.md#no-such",
  ]);
});

test.each(PAGES)("[D37] %s names existing commands", (path) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const stages = found(read("scripts/testing/stages.ts"), /name: "([\w-]+)"/g);
  const asked = found(read(path), /--only ([\w,]+)/g).flatMap((names) => names.split(","));
  expect(found(read(path), /npm run ([\w:-]*\w)/g).filter((name) => !(name in scripts))).toEqual([]);
  expect(asked.filter((name) => !stages.includes(name))).toEqual([]);
});

test.each(OPERATORS)("[D37] %s names existing files", (path) => {
  const files = found(read(path), /`((?:infra|deploy|scripts|gatekeeper|\.github)\/[\w./-]+)`/g);
  // The reader copies these from the example next to it.
  expect(files.filter((file) => !existsSync(join(ROOT, file)) && !existsSync(join(ROOT, `${file}.example`)))).toEqual(
    [],
  );
});

test("[D37] all pages use the deployed SST version, with commands that it has", () => {
  const texts = [...PAGES, ...globSync(".github/workflows/*.yml", { cwd: ROOT })].map(read).join("\n");
  expect(found(texts, /\bsst[@-](\d+\.[\w.]*\w)/g)).toEqual([SST_VERSION]);
  const known = ["deploy", "diff", "refresh", "remove", "secret list", "secret set", "unlock", "version"];
  expect(found(texts, /(?:\bV|sst@[\d.]+) ((?:secret )?[a-z]+)/g).filter((name) => !known.includes(name))).toEqual([]);
});

describe("[D37] names in tables match the code", () => {
  test("secrets", () => {
    const made = found(read("infra/secrets.ts"), /(?:sst\.Secret|optional)\("(\w+)"\)/g);
    expect(made.length).toBeGreaterThan(5);
    expect(column(aws, "The secrets there are", "\n\nA changed secret")).toEqual(made);
    expect(found(aws, /secret set (\w+)/g).filter((name) => !made.includes(name))).toEqual([]);
  });

  test("settings of a deployment, and GitHub passes each to it", () => {
    const settings = found(read("infra/settings.ts"), /(VEET_\w+)/g);
    expect(column(aws, "   | name | | |", "A deployment begins by listing")).toEqual(settings);
    const { env } = parse(read(".github/workflows/deploy.yml")).jobs.deploy as { env: Record<string, string> };
    expect(Object.keys(env).toSorted()).toEqual(["STAGE", ...settings]);
  });

  test("variables of the app and of a gatekeeper", () => {
    const page = read("docs/operations.md");
    expect(column(page, "| variable | |", "It is ready when")).toEqual(GATEKEEPER_VARIABLES.toSorted());
    // Next sets one; the other is for local development.
    const hidden = ["NODE_ENV", "TRY_IT_SIGN_IN"];
    const example = found(read(".env.example"), /^(?:# )?([A-Z][A-Z\d_]+)=/gm);
    expect(example).toEqual(VARIABLE_NAMES.filter((name) => !hidden.includes(name)).toSorted());
    const known = [...VARIABLE_NAMES, ...GATEKEEPER_VARIABLES];
    expect(found(page, /`([A-Z]+(?:_[A-Z]+)+)(?==|`)/g).filter((name) => !known.includes(name))).toEqual([]);
  });

  test("reasons why a site is unavailable", () => {
    const [, words = ""] = /trouble: z\.enum\(\[([^\]]+)\]/.exec(read("lib/health/health-schema.ts")) ?? [];
    const page = read("docs/operations.md");
    const table = page.slice(page.indexOf("| health | why |"), page.indexOf("**Operators**"));
    expect(found(table, /\| `([\w-]+)`: /g)).toEqual(found(words, /"([\w-]+)"/g));
  });
});

test("[D37] log events named on the pages exist", () => {
  const sources = globSync("{lib,gatekeeper}/**/*.ts", { cwd: ROOT })
    .filter((path) => !path.includes(".test."))
    .map(read);
  const logged = sources.flatMap((text) => found(text, /log\(\s*"(?:info|warn|error)",\s*"([\w.-]+)"/g));
  const named = OPERATORS.flatMap((path) =>
    found(read(path), /`((?:door|drain|entry|gatekeeper|legs|nudge|presence)\.[\w-]+)`/g),
  );
  expect(named).toContain("nudge.lost");
  expect(named.filter((event) => !logged.includes(event))).toEqual([]);
  expect(sources.some((text) => text.includes("`webhook.${event.event}`"))).toBe(true);
});

describe("[D36] the workflow that deploys", () => {
  const workflow = parse(read(".github/workflows/deploy.yml"));
  const { deploy, test: tests } = workflow.jobs;

  test("is started manually, after all tests, in the stage's environment", () => {
    expect(Object.keys(workflow.on)).toEqual(["workflow_dispatch"]);
    expect(tests.uses).toBe("./.github/workflows/ci.yml");
    expect(parse(read(".github/workflows/ci.yml")).on).toHaveProperty("workflow_call");
    expect([deploy.needs, deploy.environment]).toEqual(["test", "${{ inputs.stage }}"]);
    expect(workflow.concurrency["cancel-in-progress"]).toBe(false);
  });

  test("uses the region of SST's state", () => {
    const regions = found(read(".github/workflows/deploy.yml"), /aws-region: (\S+)/g);
    expect(regions).toEqual([HOME_REGION]);
  });

  test("[D69] runs its own tests, which no push and no other deployment cancels", () => {
    const { concurrency } = parse(read(".github/workflows/ci.yml"));
    expect(concurrency.group).toBe("ci-${{ github.event_name == 'workflow_dispatch' && github.run_id || github.ref }}");
    // A called workflow receives its caller's event.
    expect(Object.keys(workflow.on)).toEqual(["workflow_dispatch"]);
  });

  test("can request an identity token and read the code; tests cannot, and no step has an AWS key", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(deploy.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(read(".github/workflows/deploy.yml")).not.toMatch(/AWS_(ACCESS|SECRET)|aws-(access|secret)/);
    // Workflow inputs reach the shell as variables, never as script text.
    const typed = (deploy.steps as { run?: string }[]).filter(({ run }) => run?.includes("${{"));
    expect(typed).toEqual([]);
  });
});

test("[D70] HSTS covers the app's own name, and no other name of the operator's domain", async () => {
  vi.stubEnv("NODE_ENV", "production");
  const { default: config } = (await import("../next.config.mjs")) as { default: NextConfig };
  const headers = (await config.headers?.())?.flatMap((one) => one.headers) ?? [];
  vi.unstubAllEnvs();
  const found = headers.filter(({ key }) => key === "Strict-Transport-Security").map(({ value }) => value);
  expect(found).toEqual(["max-age=63072000"]);
});
