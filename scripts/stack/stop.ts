/** A foreseen end: its message is one sentence that says what is wrong and the way out. Printed without a stack. */
export class Stop extends Error {
  override name = "Stop";
}

/** Prints why the script ends and sets the exit code: the sentence of a `Stop`, everything of a surprise. */
export function reportEnd(error: unknown): void {
  console.error(error instanceof Stop ? `\n${error.message}` : error);
  process.exitCode = 1;
}
