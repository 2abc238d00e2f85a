import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

process.env.VEET_STACK = "simulation";

/** Stories about servers that die: each worker starts regions of its own, and a story may break them. */
const { globalSetup: _, ...shared } = base;

export default defineConfig({
  ...shared,
  testDir: "tests/simulation",
  // Two regions and their people fill a machine.
  workers: 1,
  timeout: 180_000,
  outputDir: "test-results/simulation-browser",
  reporter: [["list"], ["json", { outputFile: "test-results/simulation.json" }]],
});
