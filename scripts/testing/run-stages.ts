import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../redis-rest-bridge.ts";
import { ROOT } from "../stack/paths.ts";
import { type RunningProcess, startProcess, stopAllProcesses } from "../stack/process.ts";
import { Stop } from "../stack/stop.ts";
import { COUNTS_FILE, type Counts, countStep, readCounts } from "./counts.ts";
import { createFrontOutput, type Writer } from "./front-output.ts";
import { nextToStart } from "./schedule.ts";
import type { StageRun } from "./stage-times.ts";
import type { Stage } from "./stages.ts";

/** How long, in milliseconds, Playwright takes to close what it opened. */
const CLOSING_MS = 10_000;

const processes = new Set<RunningProcess>();
let isStopping = false;

/** Runs one stage in this process, on this terminal. A stage that throws counts as a failure. */
export async function runStage(stage: Stage, extra: string[]): Promise<Counts> {
  try {
    return await stage.run(extra);
  } catch (error) {
    console.error(error instanceof Stop ? error.message : `${stage.title} broke off: ${messageOf(error)}`);
    return countStep(false);
  }
}

/** Runs several stages, each in its own process, as many at a time as the cores allow. */
export async function runStagesTogether(stages: readonly Stage[], extra: string[]): Promise<StageRun[]> {
  const startedAtMs = performance.now();
  const openWriter = createFrontOutput((text) => process.stdout.write(text));
  const waiting = [...stages];
  const running = new Map<Stage, Promise<void>>();
  const runs: StageRun[] = [];
  stopOnSignal();

  const start = async (stage: Stage) => {
    const fromMs = performance.now() - startedAtMs;
    const failed = runs.filter(({ counts }) => counts.failed > 0).map(({ name }) => name);
    const missing = stage.needs?.find((name) => failed.includes(name));
    const counts = await runApart(stage, extra, missing, openWriter());
    runs.push({
      name: stage.name,
      title: stage.title,
      fromMs,
      tookMs: performance.now() - startedAtMs - fromMs,
      counts,
    });
    running.delete(stage);
  };
  while (!isStopping && (waiting.length > 0 || running.size > 0)) {
    const next = nextToStart({ waiting, running: [...running.keys()], cores: availableParallelism() });
    if (!next) {
      await Promise.race(running.values());
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    running.set(next, start(next));
  }
  return runs;
}

async function runApart(stage: Stage, extra: string[], missing: string | undefined, writer: Writer): Promise<Counts> {
  const write = (line: string) => writer.write(`${line}\n`);
  write(`\n── ${stage.title} ${"─".repeat(Math.max(0, 60 - stage.title.length))}`);
  const counts = missing === undefined ? await runProcess(stage, extra, write) : countStep(false);
  if (missing !== undefined) write(`   Not run: it needs the part "${missing}", which failed.`);
  write(`   ${stage.title}: ${counts.passed} passed, ${counts.failed} failed`);
  writer.end();
  return counts;
}

async function runProcess({ name, title }: Stage, extra: string[], write: (line: string) => void): Promise<Counts> {
  const file = join(ROOT, "test-results", "counts", `${name}.json`);
  await rm(file, { force: true });
  const running = startProcess({
    name: title,
    command: process.execPath,
    args: [join(ROOT, "scripts", "test.ts"), "--only", name, "--", ...extra],
    cwd: ROOT,
    env: { ...process.env, [COUNTS_FILE]: file, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
    output: write,
  });
  processes.add(running);
  const ending = await running.ended;
  processes.delete(running);
  const counts = await readCounts(file);
  if (!counts) write(ending);
  return counts ?? countStep(false);
}

/** Ctrl-C and `kill`: each stage closes its browsers and servers, as it does when Ctrl-C reaches it alone. */
function stopOnSignal(): void {
  const stop = async () => {
    isStopping = true;
    for (const running of processes) running.signal("SIGINT");
    await Promise.race([Promise.all(Array.from(processes, ({ ended }) => ended)), sleep(CLOSING_MS)]);
    await stopAllProcesses();
    process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void stop());
}
