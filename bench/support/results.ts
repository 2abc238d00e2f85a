import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../../scripts/stack/paths.ts";
import { summarize, type Metric, type Unit } from "./summary.ts";

const FILE = join(ROOT, "bench", "results", "latest.json");
type Results = { metrics: Record<string, Metric>; machine: string; commit: string };

/** Prints the figures and saves them with those of other benchmarks. */
export function report(measured: Record<string, number[]>, unit: Unit): void {
  const metrics = Object.fromEntries(Object.entries(measured).map(([name, runs]) => [name, summarize(runs, unit)]));
  console.table(metrics);
  const results: Results = { metrics: { ...known(), ...metrics }, machine: machine(), commit: commit() };
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(results, undefined, 2)}\n`);
}

function known(): Results["metrics"] {
  if (!existsSync(FILE)) return {};
  const results: Results = JSON.parse(readFileSync(FILE, "utf8"));
  return results.metrics;
}

/** Includes the load average, which shows whether anything else ran: figures of a busy machine mean little. */
function machine(): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  return `${cpus().length} × ${cpu?.model.trim() || process.arch}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, load ${load.toFixed(1)}`;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  return git("rev-parse", "--short", "HEAD");
}
