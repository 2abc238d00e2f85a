import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Metafile, build } from "esbuild";
import { beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
/** Packages that no browser may load, with the reason. */
const FORBIDDEN = { zod: "the server has validated what a browser gets: import the type only (decision 135)" };

/** What each file imports at run time: esbuild drops type imports, as Next does. */
let inputs: Metafile["inputs"];
beforeAll(async () => {
  const entryPoints = globSync("{app,components}/**/*.{ts,tsx}", { cwd: ROOT }).filter(
    (file) => !/\.test\./.test(file) && readFileSync(join(ROOT, file), "utf8").startsWith('"use client"'),
  );
  expect(entryPoints.length).toBeGreaterThan(50);
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...entryPoints, "instrumentation-client.ts"],
    bundle: true,
    packages: "external",
    format: "esm",
    metafile: true,
    write: false,
    outdir: "unused",
  });
  inputs = metafile.inputs;
});

test.each(Object.entries(FORBIDDEN))("[I43] nothing that a browser runs imports %s", (name, why) => {
  const found = Object.keys(inputs).filter((file) => importsPackage(file, name));
  expect(found.map((file) => `${pathTo(file).join(" → ")}: ${why}`)).toEqual([]);
});

test("[I43] an import of a package is seen, however far down", () => {
  const importers = Object.keys(inputs).filter((file) => importsPackage(file, "livekit-client"));
  expect(importers).toContain("lib/call/connection/leg.ts");
  expect(pathTo("lib/call/connection/leg.ts").length).toBeGreaterThan(3);
});

function importsPackage(file: string, name: string): boolean {
  return (inputs[file]?.imports ?? []).some(
    ({ path, external }) => external && (path === name || path.startsWith(`${name}/`)),
  );
}

/** A chain of imports that leads to the file, from one that none imports. */
function pathTo(file: string): string[] {
  const chain = [file];
  for (let at = file; ; at = chain[0] ?? at) {
    const importer = Object.keys(inputs).find(
      (other) => !chain.includes(other) && inputs[other]?.imports.some(({ path }) => path === at),
    );
    if (importer === undefined) return chain;
    chain.unshift(importer);
  }
}
