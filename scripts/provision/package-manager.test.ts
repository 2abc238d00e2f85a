import { expect, test } from "vitest";
import { chooseInstall, type System } from "./package-manager.ts";

const redis = { "apt-get": "redis-server", dnf: "redis", brew: "redis" };
const system = (changes: Partial<System>, ...programs: string[]): System => ({
  platform: "linux",
  isRoot: false,
  maySudo: false,
  has: (program) => programs.includes(program),
  ...changes,
});

test("root on Debian installs with apt-get, after an update because fresh images have no lists, and waits for another installation", () => {
  expect(chooseInstall(system({ isRoot: true }, "apt-get"), redis)).toEqual([
    ["apt-get", "update", "-q"],
    ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-q", "--no-install-recommends", "redis-server"],
  ]);
});

test("passwordless sudo is used, and never prompts", () => {
  expect(chooseInstall(system({ maySudo: true }, "dnf"), redis)).toEqual([
    ["sudo", "-n", "dnf", "install", "-y", "redis"],
  ]);
});

test("Homebrew needs no root rights", () => {
  expect(chooseInstall(system({ platform: "darwin" }, "brew"), redis)).toEqual([["brew", "install", "redis"]]);
});

test.each([
  ["no rights", system({}, "apt-get")],
  ["no package manager", system({ isRoot: true })],
  ["no package of that name there", system({ isRoot: true }, "pacman")],
])("gives up without a prompt: %s", (_, here) => {
  expect(chooseInstall(here, redis)).toBeUndefined();
});
