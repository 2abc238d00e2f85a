import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** The variable with the path of the file into which a stage's process writes its counts. */
export const COUNTS_FILE = "VEET_COUNTS_FILE";

export type Counts = { passed: number; failed: number };

/** A step that passes or fails as a whole, such as type checking. */
export function countStep(isFine: boolean): Counts {
  return { passed: Number(isFine), failed: Number(!isFine) };
}

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** Reads Vitest's JSON report. A file that could not be loaded counts as one failure. */
export function countVitest(report: unknown, isFine: boolean): Counts {
  const number = numbersOf(report);
  return withVerdict({ passed: number("numPassedTests"), failed: number("numFailedTests") }, isFine);
}

/** Reads Playwright's JSON report. There are no retries, so no test can be "flaky"; it would count as one failure. */
export function countPlaywright(report: unknown, isFine: boolean): Counts {
  const number = numbersOf(Reflect.get(Object(report), "stats"));
  return withVerdict({ passed: number("expected"), failed: number("unexpected") + number("flaky") }, isFine);
}

/** The runner's exit code outranks its numbers: no tests at all, or a crash between them, is a failure. */
function withVerdict(counts: Counts, isFine: boolean): Counts {
  const isSilentFailure = counts.failed === 0 && (!isFine || counts.passed === 0);
  return isSilentFailure ? { ...counts, failed: 1 } : counts;
}

function numbersOf(report: unknown): (name: string) => number {
  return (name) => Number(Reflect.get(Object(report), name)) || 0;
}

export async function writeCounts(file: string, counts: Counts): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(counts));
}

/** @returns undefined if the process ended before it wrote them. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  try {
    const number = numbersOf(JSON.parse(await readFile(file, "utf8")));
    return { passed: number("passed"), failed: number("failed") };
  } catch {
    return undefined;
  }
}
