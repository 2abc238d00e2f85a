import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { PLATFORM_MODULES } from "./scripts/infra/sst-cache.ts";

// The environment that the server requires; no server runs at these addresses.
const env = {
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "unit-tests-only-unit-tests-only-unit",
  IDENTITY_SECRET: "unit-tests-only-unit-tests-only-identity",
  // Not the one that a developer may have set for something else.
  REDIS_URL: "",
  MEDIA_SITES: JSON.stringify({
    url: "ws://127.0.0.1:7880",
    apiUrl: "http://127.0.0.1:7880",
    regions: [
      {
        region: "local",
        sites: ["local-a"],
        keys: [{ apiKey: "unit", apiSecret: "unit-tests-only-unit-tests-only-livekit" }],
      },
    ],
  }),
};

/**
 * Tests that change state which modules read once, or which other tests would see: such tests get their own modules.
 * tests/isolation.test.ts checks that they have this name.
 */
const ISOLATED = "**/*.isolated.test.{ts,tsx}";

const unitEnv = { ...env, UPSTASH_REDIS_REST_URL: "http://127.0.0.1:1", UPSTASH_REDIS_REST_TOKEN: "unit" };
const skipped = ["**/node_modules/**", ".next/**", ".open-next/**", ".sst/**", "tests/e2e/**"];
/** They need the production build and the bundle, which `npm test -- --only build,lambda` creates. */
const BUILT = ["tests/lambda/**/*.test.ts", "tests/image/**/*.test.ts"];
/** They read the production build. */
const BUILD = "tests/build/**/*.test.ts";
/** Needs Helm, which `npm test -- --only helm` builds. */
const HELM = "infra/helm.test.ts";
/** The imports of infra are not packages of the app: they come with SST. */
const platform = (name: string) => ({ find: new RegExp(`^${name}`), replacement: `${PLATFORM_MODULES}/${name}` });

export default defineConfig({
  // The real package throws outside of a React server; there is no bundler here to select its server version.
  resolve: { alias: { "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)) } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...skipped, "infra/**", "**/*.redis.test.ts", ...BUILT, BUILD, ISOLATED],
          env: unitEnv,
          // Reloading all modules for each file took five times as long as the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "unit-isolated", include: [ISOLATED], exclude: skipped, env: unitEnv },
      },
      {
        extends: true,
        resolve: { alias: [platform("@pulumi"), platform("@upstash/pulumi")] },
        test: {
          name: "infra",
          include: ["infra/**/*.test.ts"],
          exclude: [...skipped, "**/*.redis.test.ts", HELM],
          env,
          globalSetup: "scripts/infra/platform-setup.ts",
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "redis",
          include: ["**/*.redis.test.ts"],
          exclude: skipped,
          // When Redis counts as down. Not a measure of speed, so it allows for a busy machine.
          env: { ...env, REDIS_TIMEOUT_MS: "10000" },
          globalSetup: "scripts/testing/redis-setup.ts",
        },
      },
      {
        extends: true,
        resolve: { alias: [platform("@pulumi"), platform("@upstash/pulumi")] },
        test: {
          name: "helm",
          include: [HELM],
          env,
          globalSetup: "scripts/infra/platform-setup.ts",
          testTimeout: 60_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: { name: "budget", include: [BUILD], exclude: skipped },
      },
      {
        extends: true,
        test: { name: "lambda", include: BUILT, exclude: skipped, testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
