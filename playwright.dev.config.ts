import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

process.env.VEET_STACK = "dev";

/** A short story with `npm run dev`: a newcomer's first meeting, in React's development mode. */
export default defineConfig({
  ...base,
  testDir: "tests/dev",
  globalSetup: "./tests/dev/support/start-dev.ts",
  workers: 1,
  // Each screen is compiled when it is first opened.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  outputDir: "test-results/dev-browser",
  reporter: [["list"], ["json", { outputFile: "test-results/dev.json" }]],
  use: { ...base.use, actionTimeout: 60_000, navigationTimeout: 120_000 },
});
