import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";
import { findOnPath } from "./scripts/provision/program.ts";

// scripts/test.ts finds or downloads a browser; without it, Playwright searches the PATH and then uses its own.
const executablePath =
  process.env.VEET_CHROMIUM || findOnPath("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

/**
 * Only the last `--disable-features` counts, so Playwright's own are repeated here (1.65.1, chromiumSwitches.ts). With each window Chromium
 * loads two pages for the suggestions under its address bar: a tenth of a story's cost, for a bar that no test shows.
 */
const WITHOUT_FEATURES = [
  [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
    "PaintHolding",
  ],
  [
    "HttpsFirstBalancedModeAutoEnable",
    "MediaRouter",
    "ThirdPartyStoragePartitioning",
    "OptimizationHints",
    "AimEnabled",
  ],
  ["AvoidCorsURLLoaderRestartOnRedirect", "NetworkTimeServiceQuerying", "PreconnectToSearch"],
  ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"],
].flat();

/** About half of the stories: with devices, keys and links, or without a network. Each half runs in a process of its own. */
const DEVICES = [
  ["device-*", "speaker", "locked-sound", "keys", "links"],
  ["network", "waiting-page", "cut-off", "shown-pictures", "status"],
].flatMap((names) => names.map((name) => `**/${name}.spec.ts`));
const part = process.env.VEET_E2E_PART ?? "";

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: part === "devices" ? DEVICES : "**/*.spec.ts",
  testIgnore: part === "e2e" ? DEVICES : [],
  globalSetup: "./tests/e2e/support/start-stack.ts",
  // Each test is a meeting of several participants, and one such meeting keeps two cores busy.
  workers: Number(process.env.VEET_E2E_WORKERS ?? Math.max(1, Math.floor(availableParallelism() / 2))),
  fullyParallel: false,
  // A test that passes the second time has found a problem the first time.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // When a story counts as stuck. Not a measure of speed, so it allows for a busy machine.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  outputDir: `test-results/browser${part && `-${part}`}`,
  reporter: [
    ["list"],
    ["json", { outputFile: `test-results/${part || "e2e"}.json` }],
    ["html", { outputFolder: part === "devices" ? "test-results/report-devices" : "playwright-report", open: "never" }],
  ],
  use: {
    // Set by the global setup, before workers load this file.
    baseURL: process.env.VEET_BASE_URL,
    // Recording every page costs a fifth of a run, so it is only for debugging a failure: VEET_TRACE=1 npm run test:e2e -- <file>.
    trace: process.env.VEET_TRACE
      ? { mode: "retain-on-failure", screenshots: false, snapshots: true, sources: false }
      : "off",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
  },
  projects: [
    {
      name: "chromium",
      use: {
        ...devices["Desktop Chrome"],
        headless: true,
        launchOptions: {
          ...(executablePath && { executablePath }),
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            `--disable-features=${WITHOUT_FEATURES.join(",")}`,
            // Six frames per second still move visibly and cost a fifth of thirty to encode: two cores can then run four participants.
            "--use-fake-device-for-media-stream=fps=6",
            "--use-fake-ui-for-media-stream",
          ],
        },
      },
    },
  ],
});
