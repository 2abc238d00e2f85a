import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../stack/paths.ts";
import { noticesDocument } from "./document.ts";
import { isAccepted } from "./licences.ts";
import { shippedPackages } from "./packages.ts";
import { PROGRAMS } from "./programs.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const packages = shippedPackages(ROOT);

test("[D140] THIRD_PARTY_NOTICES.md is up to date with package-lock.json (`npm run notices` writes it)", () => {
  // A diff of 4,000 lines helps no one: the fix is always the same command.
  const isCurrent = read("THIRD_PARTY_NOTICES.md") === noticesDocument(packages);
  expect(isCurrent, "run npm run notices and commit the file").toBe(true);
});

test("[D140] each dependency of package.json is among the packages, and no test runner is", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const names = packages.map(({ name }) => name);
  expect(Object.keys(dependencies).filter((name) => !names.includes(name))).toEqual([]);
  expect(names).not.toContain("vitest");
});

test("[D140] each third-party image in compose.yaml is among the programs", () => {
  const { services } = parse(read("compose.yaml")) as { services: Record<string, { image?: string }> };
  const images = Object.values(services).flatMap(({ image = "" }) => image.split(":")[0] || []);
  const known = PROGRAMS.map(({ name }) => name.toLowerCase().split(" ")[0] ?? "");
  expect(images).not.toEqual([]);
  const ofOthers = images.filter((image) => !image.includes("VEET_IMAGES"));
  expect(ofOthers.filter((image) => !known.some((name) => image.includes(name)))).toEqual([]);
});

test("[D140] a text that several packages share is printed once, and a package without one is listed", () => {
  const one = { version: "1.0.0", licence: "MIT", isForOnePlatform: false };
  const document = noticesDocument([
    { ...one, name: "a", texts: ["Same text"] },
    { ...one, name: "b", texts: ["Same text"] },
    { ...one, name: "c", texts: [] },
  ]);
  expect(document.split("Same text")).toHaveLength(2);
  expect(document).toContain("### a 1.0.0, b 1.0.0");
  expect(document).toContain("- c 1.0.0 declares MIT.");
});

test("[D141] every shipped package has a licence that is compatible with Apache-2.0", () => {
  expect(packages.filter((one) => !isAccepted(one)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});

test.each([
  ["MIT", "a", true],
  ["(MIT OR CC0-1.0)", "a", true],
  ["(GPL-3.0-only OR MIT)", "a", true],
  ["Apache-2.0 AND GPL-3.0-only", "a", false],
  ["LGPL-3.0-or-later", "@img/sharp-libvips-linux-x64", true],
  ["LGPL-3.0-or-later", "a", false],
  ["none declared", "a", false],
])("[D141] %s of %s is accepted: %s", (licence, name, expected) => {
  expect(isAccepted({ name, licence })).toBe(expected);
});

test("[D141] LICENSE, package.json and README name Apache-2.0", () => {
  expect(read("LICENSE")).toContain("Apache License\n                           Version 2.0, January 2004");
  expect(JSON.parse(read("package.json"))).toMatchObject({ license: "Apache-2.0" });
  expect(read("README.md")).toContain("[Apache License 2.0](LICENSE)");
});
