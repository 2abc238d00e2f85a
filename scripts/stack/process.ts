import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Stop } from "./stop.ts";

export type ProcessPlan = {
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Where its output goes; the terminal when left out. */
  logFile?: string;
};

export type RunningProcess = {
  name: string;
  pid: number;
  /** Settles with a sentence about how it ended. */
  ended: Promise<string>;
  hasEnded: () => boolean;
  /** The last lines it wrote, for telling why it failed. */
  lastLines: () => string;
  stop: () => Promise<void>;
};

/** How long a process may take to go after SIGTERM, in milliseconds, before it is killed. */
const GRACE_MS = 4_000;
const groups = new Set<number>();

// Whatever ends this process (a crash included), the groups go with it. Only SIGKILL leaves no time for that.
process.on("exit", () => groups.forEach((group) => signalGroup(group, "SIGKILL")));

/** Starts a process in a group of its own, so that a terminal's Ctrl-C reaches us first and all its children end with it. */
export function startProcess(plan: ProcessPlan): RunningProcess {
  const output = plan.logFile ? openLog(plan.logFile) : undefined;
  const child = spawn(plan.command, plan.args, {
    cwd: plan.cwd,
    env: plan.env ?? process.env,
    detached: true,
    stdio: output === undefined ? ["ignore", "inherit", "inherit"] : ["ignore", output, output],
  });
  if (output !== undefined) closeSync(output);
  const pid = child.pid ?? 0;
  if (pid) groups.add(pid);

  let isOver = false;
  const ended = ending(child, plan.name).then((sentence) => {
    isOver = true;
    // What it started itself may outlive it.
    signalGroup(pid, "SIGKILL");
    groups.delete(pid);
    return sentence;
  });
  return {
    name: plan.name,
    pid,
    ended,
    hasEnded: () => isOver,
    lastLines: () => (plan.logFile ? tail(plan.logFile) : ""),
    async stop() {
      if (isOver) return;
      signalGroup(pid, "SIGTERM");
      const isLate = await Promise.race([ended.then(() => false), sleep(GRACE_MS, true, { ref: false })]);
      if (isLate) signalGroup(pid, "SIGKILL");
      await ended;
    },
  };
}

/**
 * Waits until a process answers.
 *
 * @throws Stop with its last lines when it ended or the time is over.
 */
export async function waitUntil(
  running: RunningProcess,
  isReady: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isReady().catch(() => false))) {
    if (running.hasEnded()) throw new Stop(`${await running.ended}\n${running.lastLines()}`);
    if (Date.now() > deadline)
      throw new Stop(`${running.name} did not answer within ${timeoutMs / 1000} s.\n${running.lastLines()}`);
    await sleep(25);
  }
}

function ending(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(`${name} could not be started: ${error.message}.`));
    child.on("exit", (code, signal) => resolve(`${name} ended by itself (${signal ?? `exit code ${code}`}).`));
  });
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  if (!group) return;
  try {
    process.kill(-group, signal);
  } catch {
    // The group is gone already.
  }
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, "w", 0o600);
}

function tail(path: string): string {
  return readFileSync(path, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
