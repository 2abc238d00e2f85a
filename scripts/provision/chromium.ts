import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { installPackage } from "./package-manager.ts";
import { findInstalled, findOnPath, runVisibly } from "./program.ts";
import { Stop } from "../stack/stop.ts";

/** The build without windows comes first: drawing windows that no one sees costs a story a quarter of its processor time. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Finds or installs Chromium for the tests: from the PATH, Playwright's own, or the system's package manager.
 *
 * @throws Stop with instructions when none of them works.
 */
export async function getChromium(): Promise<string> {
  const present = findOnPath(...NAMES) ?? playwrightsOwn();
  if (present) return present;
  console.log("Getting Playwright's Chromium …");
  const cli = join(createRequire(import.meta.url).resolve("@playwright/test/package.json"), "..", "cli.js");
  await runVisibly(process.execPath, [cli, "install", "chromium"]);
  const downloaded = playwrightsOwn();
  if (downloaded) return downloaded;
  await installPackage("Chromium", {
    "apt-get": "chromium-headless-shell",
    dnf: "chromium",
    apk: "chromium",
    pacman: "chromium",
  });
  const installed = findInstalled(...NAMES);
  if (installed) return installed;
  throw new Stop(
    "The tests need Chromium and it could not be installed: install Chromium or Chrome and put it on the PATH.",
  );
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}
