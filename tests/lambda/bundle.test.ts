import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OPEN_NEXT_VERSION } from "../../infra/versions.ts";
import { bundleSize, LARGEST_FUNCTION_BYTES } from "../../scripts/lambda/bundle-size.ts";
import { BUNDLE } from "../../scripts/lambda/bundle.ts";
import { ROOT } from "../../scripts/stack/paths.ts";

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(ROOT, ...path), "utf8"));

test("[D33] the tests bundle with the same OpenNext as a deployment", () => {
  expect(readJson("package.json").devDependencies["@opennextjs/aws"]).toBe(OPEN_NEXT_VERSION);
  expect(readJson("node_modules", "@opennextjs", "aws", "package.json").version).toBe(OPEN_NEXT_VERSION);
});

test("[D33] the function is as SST expects it: a single one, without streaming, called through its URL", () => {
  const { origins, edgeFunctions } = readJson(".open-next", "open-next.output.json");
  expect(origins.default).toMatchObject({ streaming: false, wrapper: "aws-lambda", converter: "aws-apigw-v2" });
  expect(edgeFunctions).toEqual({});
});

test("[D33] the function fits into Lambda", () => {
  const { unzippedBytes, zippedBytes } = bundleSize(BUNDLE);
  expect(unzippedBytes).toBeLessThan(LARGEST_FUNCTION_BYTES);
  expect(zippedBytes).toBeLessThan(unzippedBytes);
});
