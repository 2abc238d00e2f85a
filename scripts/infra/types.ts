import { execFile } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "../stack/paths.ts";
import { getPlatform } from "./sst-platform.ts";

/** Where SST makes `sst.config.ts` refer to its types. */
const REFERRED = join(ROOT, ".sst", "platform");

/**
 * Checks `sst.config.ts` and `infra/` against SST's and Pulumi's own types, with this project's compiler options.
 *
 * Errors in SST's sources, which do not follow our options, are ignored. So are errors where tests import from scripts/, because
 * SST's Node types are older; those files are checked with the rest of the project.
 */
export async function checkInfraTypes(): Promise<boolean> {
  await linkPlatform(await getPlatform());
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "--project", join(ROOT, "infra"), "--noEmit", "--pretty", "false"];
  const { stdout, stderr } = await outputOf(args);
  const ours = oursOf(stdout);
  if (ours.length > 0) console.error(ours.join("\n"));
  // No errors of ours count only if the check ran at all: SST's sources always have some.
  const didRun = stderr === "" && stdout.includes(".sst/platform/src/") && !stdout.includes("error TS18003");
  if (!didRun) console.error(`The types of infra were not checked: ${stderr || stdout}`);
  return didRun && ours.length === 0;
}

function outputOf(args: string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

/** Errors in our deployment code, with the lines that explain each. */
export function oursOf(output: string): string[] {
  let isOurs = false;
  return output.split("\n").filter((line) => {
    if (/^\S/.test(line)) isOurs = /^(infra\/|sst\.config\.ts)/.test(line);
    return line !== "" && isOurs;
  });
}

/** Keeps an operator's own `sst install`, and replaces a link of ours to another version. */
async function linkPlatform(platform: string): Promise<void> {
  const isLink = lstatSync(REFERRED, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (existsSync(REFERRED) && !isLink) return;
  await mkdir(dirname(REFERRED), { recursive: true });
  await rm(REFERRED, { force: true });
  await symlink(platform, REFERRED);
}
