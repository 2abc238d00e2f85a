import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PROVIDERS, SST_VERSION } from "#infra/versions.ts";
import { runVisibly } from "../provision/program.ts";
import { Stop } from "../stack/stop.ts";
import { PLATFORM, SST_DIRECTORY } from "./sst-cache.ts";

/** The parts of the config that `sst install` reads: the name and the providers. */
const CONFIG = `export default $config({
  app: () => ({ name: "veet", home: "aws", providers: ${JSON.stringify(PROVIDERS)} }),
  run: async () => {},
});
`;

/** Pulumi's own program and bun are not needed for checking types and the graph, and neither comes from npm. */
const FROM_NPM_ALONE = {
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  // Types of test runners and the like, a third of the total size.
  npm_config_omit: "dev",
  npm_config_audit: "false",
  npm_config_fund: "false",
};

/**
 * Unpacks SST's platform into the cache, unless it is there: takes about two minutes, once per version.
 *
 * @throws Stop when the npm registry does not provide it.
 */
export async function getPlatform(): Promise<string> {
  if (existsSync(PLATFORM)) return PLATFORM;
  console.log(`Unpacking SST ${SST_VERSION} from npm, once: one to two minutes …`);
  await mkdir(dirname(SST_DIRECTORY), { recursive: true });
  const directory = await mkdtemp(`${SST_DIRECTORY}-`);
  try {
    await install(directory);
    // Rename atomically, so that no other process sees half of it. If another one was faster, its result is the same.
    await rename(directory, SST_DIRECTORY).catch((error: unknown) => {
      if (!existsSync(PLATFORM)) throw error;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return PLATFORM;
}

async function install(directory: string): Promise<void> {
  await writeFile(join(directory, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await writeFile(join(directory, "sst.config.ts"), CONFIG);
  const env = { ...process.env, ...FROM_NPM_ALONE };
  const npm = ["install", "--prefix", directory, "--no-package-lock", "--no-progress", `sst@${SST_VERSION}`];
  if (!(await runVisibly("npm", npm, env)))
    throw new Stop("npm did not give SST: check the connection to its registry.");
  const sst = join(directory, "node_modules", ".bin", "sst");
  const isUnpacked = await runVisibly(
    "sh",
    ["-c", 'cd "$1" && exec "$2" install --stage test', "sh", directory, sst],
    env,
  );
  if (!isUnpacked || !existsSync(join(directory, ".sst", "platform", "node_modules", "@pulumi", "aws")))
    throw new Stop("SST could not unpack its platform: see above.");
}
