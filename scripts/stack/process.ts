import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Stop } from "./stop.ts";

export type ProcessPlan = {
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Receives its output: a file, or a function called per line. */
  output: string | ((line: string) => void);
  /** In milliseconds, how long it can take to end after SIGTERM before it is killed. */
  graceMs?: number;
};

export type RunningProcess = {
  name: string;
  pid: number;
  /** Resolves with a sentence about how it ended. */
  ended: Promise<string>;
  hasEnded: () => boolean;
  /** Its last lines of output, for error messages. */
  lastLines: () => string;
  /** Signals the process and all its children. */
  signal: (signal: NodeJS.Signals) => void;
  stop: () => Promise<void>;
};

const GRACE_MS = 4_000;
const groups = new Set<number>();
const processes = new Set<RunningProcess>();

// However this process ends (even in a crash), the groups end with it. Only SIGKILL prevents that.
process.on("exit", () => groups.forEach((group) => signalGroup(group, "SIGKILL")));

/** Starts a process in its own group, so that a terminal's Ctrl-C reaches only us and all its children end with it. */
export function startProcess(plan: ProcessPlan): RunningProcess {
  const child = launch(plan);
  const pid = child.pid ?? 0;
  if (pid) groups.add(pid);
  let isOver = false;
  const ended = ending(child, plan.name).then((sentence) => {
    isOver = true;
    // Its children may outlive it.
    signalGroup(pid, "SIGKILL");
    groups.delete(pid);
    processes.delete(running);
    return sentence;
  });
  const running: RunningProcess = {
    name: plan.name,
    pid,
    ended,
    hasEnded: () => isOver,
    lastLines: () => (typeof plan.output === "string" ? tail(plan.output) : ""),
    signal: (signal) => signalGroup(pid, signal),
    async stop() {
      if (isOver) return;
      signalGroup(pid, "SIGTERM");
      const isLate = await Promise.race([
        ended.then(() => false),
        sleep(plan.graceMs ?? GRACE_MS, true, { ref: false }),
      ]);
      if (isLate) signalGroup(pid, "SIGKILL");
      await ended;
    },
  };
  processes.add(running);
  return running;
}

/** Stops all processes started here. */
export async function stopAllProcesses(): Promise<void> {
  await Promise.all(Array.from(processes, (running) => running.stop()));
}

/**
 * Waits until a process answers.
 *
 * @throws Stop with its last lines when it ended or the time ran out.
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

function launch({ command, args, cwd, env, output }: ProcessPlan): ChildProcess {
  const options = { cwd, env: env ?? process.env, detached: true };
  if (typeof output === "string") {
    const log = openLog(output);
    const child = spawn(command, args, { ...options, stdio: ["ignore", log, log] });
    closeSync(log);
    return child;
  }
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", output);
  return child;
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
