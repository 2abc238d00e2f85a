import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { SYSTEM_PROGRAMS } from "../stack/paths.ts";

/** Finds the first of these programs on the PATH. */
export function findOnPath(...names: string[]): string | undefined {
  return findIn((process.env.PATH ?? "").split(delimiter), names);
}

/** Finds a program that was just installed: on the PATH, or where package managers install outside of it. */
export function findInstalled(...names: string[]): string | undefined {
  return findOnPath(...names) ?? findIn(SYSTEM_PROGRAMS, names);
}

function findIn(directories: string[], names: string[]): string | undefined {
  const places = names.flatMap((name) => directories.filter(Boolean).map((directory) => join(directory, name)));
  return places.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a short command and returns its output, or undefined when it could not run or failed. */
export function ask(command: string, args: string[], timeoutMs = 10_000): string | undefined {
  const result = spawnSync(command, args, { encoding: "utf8", timeout: timeoutMs });
  return result.status === 0 ? `${result.stdout}${result.stderr}` : undefined;
}

/** Runs a long command with its output on the terminal. @returns whether it succeeded. */
export function runVisibly(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], env });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}
