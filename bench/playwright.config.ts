import { defineConfig } from "@playwright/test";
import simulation from "../playwright.simulation.config.ts";

export default defineConfig({
  ...simulation,
  testDir: ".",
  testMatch: "*.bench.ts",
  timeout: 1_800_000,
  outputDir: "../test-results/bench",
  reporter: "list",
  // Recording would distort the measurement.
  use: { ...simulation.use, trace: "off", screenshot: "off" },
});
