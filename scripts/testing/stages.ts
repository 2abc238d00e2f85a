import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { getPlatform } from "../infra/sst-platform.ts";
import { checkInfraTypes } from "../infra/types.ts";
import { buildApp, bundleForLambda } from "../lambda/bundle.ts";
import { getHelm, getKubeconform } from "../provision/kubernetes-tools.ts";
import { getLiveKit } from "../provision/livekit-binary.ts";
import { NEXT } from "../stack/next.ts";
import { ROOT } from "../stack/paths.ts";
import { runVisibly } from "../provision/program.ts";
import { requirePrometheus } from "../provision/prometheus-binary.ts";
import { requireRedis } from "../provision/redis-binary.ts";
import { add, countPlaywright, countStep, countVitest, type Counts } from "./counts.ts";
import type { Plan } from "./schedule.ts";

/** One stage of the tests. `extra` are the caller's arguments for the runner, such as a file name. */
export type Stage = Plan & { title: string; run: (extra: string[]) => Promise<Counts> };

const bin = (...path: string[]) => join(ROOT, "node_modules", ...path);
const report = (name: string) => join(ROOT, "test-results", `${name}.json`);

/**
 * What is quick comes first, then the longest, so that both cores are busy to the end. A part with browsers keeps more than one core busy: three of
 * them beside each other took as long as two, and stories waited too long for media.
 */
export const STAGES: readonly Stage[] = [
  { name: "programs", title: "Programs to test with", cores: 1, run: programs },
  { name: "build", title: "Production build", cores: 1, run: async () => countStep(await buildApp()) },
  { name: "architecture", title: "Architecture", cores: 1, run: architecture },
  { name: "unit", title: "Unit tests", cores: 1, run: (extra) => vitest("unit*", extra) },
  // Both read the types of routes, which the build writes: beside it the files were missing now and then.
  { name: "types", title: "Types", cores: 1, needs: ["build"], run: types },
  { name: "lint", title: "Lint and format", cores: 1, needs: ["build"], run: lint },
  {
    name: "e2e",
    title: "End to end",
    cores: 1,
    needs: ["programs", "build"],
    run: (extra) => stories("e2e", extra),
  },
  {
    name: "devices",
    title: "End to end, devices and networks",
    cores: 1,
    needs: ["programs", "build"],
    run: (extra) => stories("devices", extra),
  },
  {
    name: "simulation",
    title: "Regions that fail",
    cores: 1,
    needs: ["programs", "build"],
    run: (extra) => playwright("simulation", "playwright.simulation.config.ts", extra),
  },
  { name: "redis", title: "Redis contract", cores: 1, needs: ["programs"], run: redisContract },
  {
    name: "dev",
    title: "npm run dev",
    cores: 1,
    needs: ["programs"],
    run: (extra) => playwright("dev", "playwright.dev.config.ts", extra),
  },
  { name: "infra", title: "Cloud, without a cloud", cores: 1, needs: ["programs"], run: infra },
  { name: "budget", title: "Size of scripts", cores: 1, needs: ["build"], run: (extra) => vitest("budget", extra) },
  { name: "lambda", title: "Lambda, without a cloud", cores: 1, needs: ["programs", "build"], run: lambda },
];

/** Run only when named: `npm test` runs a tenth of the model's steps, and Go takes minutes to build Helm. */
export const STAGES_ON_DEMAND: readonly Stage[] = [
  { name: "model", title: "A room's rules in 200,000 random steps", cores: 1, needs: ["programs"], run: model },
  { name: "helm", title: "Kubernetes, without a cluster", cores: 2, run: helm },
];

/** Downloads or builds programs once per machine, so that parallel stages do not do it at the same time. */
async function programs(): Promise<Counts> {
  // Imported here because it loads Playwright, which the quick tests need not wait for.
  const { getChromium } = await import("../provision/chromium.ts");
  await Promise.all([getLiveKit(), getPlatform(), requireRedis().then(requirePrometheus).then(getChromium)]);
  return countStep(true);
}

/** Next generates types for its routes and stylesheets, which are not committed. */
async function types(): Promise<Counts> {
  const areWritten = await node([NEXT, "typegen"]);
  return countStep(areWritten && (await node([bin("typescript", "bin", "tsc"), "--noEmit"])));
}

async function lint(): Promise<Counts> {
  const isClean = await node([bin("oxlint", "bin", "oxlint"), "--type-aware"]);
  return countStep(
    (await node([bin("prettier", "bin", "prettier.cjs"), "--check", "--log-level=warn", "."])) && isClean,
  );
}

async function architecture(): Promise<Counts> {
  const entrances = ["proxy.ts", "instrumentation.ts", "instrumentation-client.ts"];
  const folders = ["app", "components", "lib", "gatekeeper", "infra", "scripts", "tests", "bench", ...entrances];
  const depcruise = bin("dependency-cruiser", "bin", "dependency-cruiser.mjs");
  return countStep(await node([depcruise, "--config", ".dependency-cruiser.mjs", ...present(folders)]));
}

async function vitest(project: string, extra: string[], env = process.env): Promise<Counts> {
  const file = report(project.replace("*", ""));
  await rm(file, { force: true });
  const reporters = ["--silent=passed-only", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = [bin("vitest", "vitest.mjs"), "run", "--project", project, ...reporters, ...extra];
  const isFine = await node(args, env);
  return countVitest(await readReport(file), isFine);
}

/** The model test, of which `npm test` runs 20,000 steps; it reports what happened, and how often. */
function model(extra: string[]): Promise<Counts> {
  const env = { ...process.env, VEET_MODEL_STEPS: process.env.VEET_MODEL_STEPS ?? "200000" };
  return vitest("redis", ["tests/model", ...extra], env);
}

/** The gatekeeper is also tested against LiveKit; if that must be built first, the gatekeeper's other tests must not wait for it. */
async function redisContract(extra: string[]): Promise<Counts> {
  await getLiveKit();
  return vitest("redis", extra);
}

/** Type-checks the deployment code against SST's types, and its resources under Pulumi's mocks. Starts LiveKit with the generated configuration. */
async function infra(extra: string[]): Promise<Counts> {
  await getLiveKit();
  await getPlatform();
  // Both mostly wait for the disk, of different files.
  const [areTypesFine, tests] = await Promise.all([checkInfraTypes(), vitest("infra", extra)]);
  return add(countStep(areTypesFine), tests);
}

/** Validates the rendered Helm chart against Kubernetes' schemas. */
async function helm(extra: string[]): Promise<Counts> {
  // One build at a time: each uses all cores.
  await getKubeconform();
  await getHelm();
  return vitest("helm", extra);
}

/** Runs the production build, bundled by OpenNext, as Lambda would. */
async function lambda(extra: string[]): Promise<Counts> {
  await getLiveKit();
  const isBundled = countStep(await bundleForLambda());
  return isBundled.failed > 0 ? isBundled : add(isBundled, await vitest("lambda", extra));
}

/** A part of the end-to-end stories. Files named by hand run in the first part, whichever they belong to. */
async function stories(part: "e2e" | "devices", extra: string[]): Promise<Counts> {
  if (extra.length === 0)
    return playwright(part, "playwright.config.ts", extra, { VEET_E2E_PART: part, VEET_STACK: part });
  return part === "e2e" ? playwright(part, "playwright.config.ts", extra) : { passed: 0, failed: 0 };
}

async function playwright(
  name: string,
  config: string,
  extra: string[],
  more: Record<string, string> = {},
): Promise<Counts> {
  const file = report(name);
  await rm(file, { force: true });
  const { getChromium } = await import("../provision/chromium.ts");
  const env = { ...process.env, ...more, VEET_CHROMIUM: await getChromium() };
  const isFine = await node([bin("@playwright", "test", "cli.js"), "test", "--config", config, ...extra], env);
  return countPlaywright(await readReport(file), isFine);
}

function node(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  return runVisibly(process.execPath, args, env);
}

function present(paths: string[]): string[] {
  return paths.filter((path) => existsSync(join(ROOT, path)));
}

async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // The runner ended before it wrote one; its exit code shows that.
    return undefined;
  }
}
