import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

process.env.VEET_STACK = "simulation";

/** Stories about failing servers: each worker starts its own regions, and a story can break them. */
const { globalSetup: _, ...shared } = base;

export default defineConfig({
  ...shared,
  testDir: "tests/simulation",
  // Two regions with their participants use a whole machine.
  workers: 1,
  timeout: 180_000,
  outputDir: "test-results/simulation-browser",
  reporter: [["list"], ["json", { outputFile: "test-results/simulation.json" }]],
});
