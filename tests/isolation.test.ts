import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** What other tests of the same process would see: they share their modules. */
const CHANGES_MODULES = /process\.env|vi\.(stubEnv|stubGlobal|mock|doMock|resetModules)\b/;
/** Each of these files has a process of its own, or modules of its own. */
const IS_SEPARATE = /\.(isolated|redis)\.test\.tsx?$/;

test("a unit test that changes modules or the environment is named *.isolated.test.ts, and only such a test is", () => {
  const files = globSync("{components,gatekeeper,lib,scripts}/**/*.test.{ts,tsx}", { cwd: ROOT });
  const changing = files.filter((file) => CHANGES_MODULES.test(readFileSync(join(ROOT, file), "utf8")));
  expect(changing.filter((file) => !IS_SEPARATE.test(file))).toEqual([]);
  expect(files.filter((file) => file.includes(".isolated.") && !changing.includes(file))).toEqual([]);
});
