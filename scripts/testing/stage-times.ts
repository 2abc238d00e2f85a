import type { Counts } from "./counts.ts";

/** The result of a stage. Times in milliseconds, from the start of the command. */
export type StageRun = { name: string; title: string; fromMs: number; tookMs: number; counts: Counts };

/** A table of each stage's start and duration, in the order in which they began. */
export function describeTimes(runs: readonly StageRun[]): string {
  const width = Math.max(...runs.map(({ title }) => title.length));
  return runs
    .toSorted((left, right) => left.fromMs - right.fromMs)
    .map(({ title, fromMs, tookMs }) => `   ${title.padEnd(width)}  from ${clock(fromMs)}  took ${clock(tookMs)}`)
    .join("\n");
}

/** Minutes and seconds, such as `1:05`. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`.padStart(5);
}
