import { defineConfig } from "@playwright/test";
import simulation from "../playwright.simulation.config.ts";

export default defineConfig({
  ...simulation,
  testDir: ".",
  testMatch: "*.bench.ts",
  timeout: 1_800_000,
  outputDir: "../test-results/bench",
  reporter: "list",
  // Recording takes a share of what is measured.
  use: { ...simulation.use, trace: "off", screenshot: "off" },
});
