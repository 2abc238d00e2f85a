import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PROVIDERS, SST_VERSION } from "#infra/versions.ts";
import { runVisibly } from "../stack/program.ts";
import { Stop } from "../stack/stop.ts";
import { PLATFORM, SST_DIRECTORY } from "./sst-cache.ts";

/** All that `sst install` reads: the name, and which providers to bring. */
const CONFIG = `export default $config({
  app: () => ({ name: "veet", home: "aws", providers: ${JSON.stringify(PROVIDERS)} }),
  run: async () => {},
});
`;

/** Neither Pulumi's own program nor bun is needed to check types and the graph, and both come from elsewhere than npm. */
const FROM_NPM_ALONE = {
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  // Types of test runners and the like, a third of the whole.
  npm_config_omit: "dev",
  npm_config_audit: "false",
  npm_config_fund: "false",
};

/**
 * Unpacks SST's platform into the cache, unless it is there: about two minutes, once a version.
 *
 * @throws Stop when the npm registry does not give it.
 */
export async function getPlatform(): Promise<string> {
  if (existsSync(PLATFORM)) return PLATFORM;
  console.log(`Unpacking SST ${SST_VERSION} from npm, once: one to two minutes …`);
  await mkdir(dirname(SST_DIRECTORY), { recursive: true });
  const directory = await mkdtemp(`${SST_DIRECTORY}-`);
  try {
    await install(directory);
    // In one step, so that nobody finds half of it. Whoever was faster has the same.
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
