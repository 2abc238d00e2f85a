import { execFile } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "../stack/paths.ts";
import { getPlatform } from "./sst-platform.ts";

/** Where `sst.config.ts` refers to its types, as SST has it. */
const REFERRED = join(ROOT, ".sst", "platform");

/**
 * Checks `sst.config.ts` and `infra/` against SST's and Pulumi's own types, by the rules of this project.
 *
 * SST's sources come along and do not keep all of these rules, and what tests borrow from scripts/ meets SST's older types of
 * Node: what is said about either is left out, the second being checked with the rest of the project.
 */
export async function checkInfraTypes(): Promise<boolean> {
  await linkPlatform(await getPlatform());
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "--project", join(ROOT, "infra"), "--noEmit", "--pretty", "false"];
  const { stdout, stderr } = await outputOf(args);
  const ours = oursOf(stdout);
  if (ours.length > 0) console.error(ours.join("\n"));
  // No word about us is good news only if it looked at us at all: SST's sources are never without one.
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

/** Errors about what deploys, with the lines that explain each. */
export function oursOf(output: string): string[] {
  let isOurs = false;
  return output.split("\n").filter((line) => {
    if (/^\S/.test(line)) isOurs = /^(infra\/|sst\.config\.ts)/.test(line);
    return line !== "" && isOurs;
  });
}

/** An operator's own `sst install` stays; a link of ours to another version gives way. */
async function linkPlatform(platform: string): Promise<void> {
  const isLink = lstatSync(REFERRED, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (existsSync(REFERRED) && !isLink) return;
  await mkdir(dirname(REFERRED), { recursive: true });
  await rm(REFERRED, { force: true });
  await symlink(platform, REFERRED);
}
