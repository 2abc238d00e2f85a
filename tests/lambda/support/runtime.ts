import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Runs in its own process, like Lambda's runtime: loads the function once, then handles events one by one.

/** The messages from and to this process. */
export type Invocation = { event: object };
export type Outcome = { result: unknown } | { error: string };

const task = process.env.LAMBDA_TASK_ROOT ?? "";
const context = { functionName: process.env.AWS_LAMBDA_FUNCTION_NAME, callbackWaitsForEmptyEventLoop: true };
type Handler = (event: object, context: object) => Promise<unknown>;

const { handler }: { handler: Handler } = await import(pathToFileURL(join(task, "server-index.mjs")).href);

process.on("message", ({ event }: Invocation) => {
  handler(event, context).then(
    (result) => process.send?.({ result } satisfies Outcome),
    (error: unknown) => process.send?.({ error: String(error) } satisfies Outcome),
  );
});
