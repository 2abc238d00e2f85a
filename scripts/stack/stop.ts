/** An expected failure: its message is one sentence with the problem and the solution. Printed without a stack trace. */
export class Stop extends Error {
  override name = "Stop";
}

/** Prints why the script ends and sets the exit code: the message of a `Stop`, everything of any other error. */
export function reportEnd(error: unknown): void {
  console.error(error instanceof Stop ? `\n${error.message}` : error);
  process.exitCode = 1;
}
