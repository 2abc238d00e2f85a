import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLE } from "../../../scripts/lambda/bundle.ts";
import type { FunctionUrlEvent, FunctionUrlResult } from "./function-url.ts";
import type { Invocation, Outcome } from "./runtime.ts";

/** One process of the function, which handles one event at a time. */
export type Container = {
  invoke: (event: FunctionUrlEvent) => Promise<FunctionUrlResult>;
  /** Its output so far, which Lambda would write to the log group. */
  log: () => string;
  stop: () => void;
};

const RUNTIME = fileURLToPath(new URL("runtime.ts", import.meta.url));

/** Lambda's own variables. */
const LAMBDA = {
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_NAME: "veet-test-WebServer",
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1024",
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  LAMBDA_TASK_ROOT: BUNDLE,
  _HANDLER: "server-index.handler",
  LANG: "en_US.UTF-8",
  TZ: ":UTC",
};

/** What SST adds for OpenNext's cache. No server runs at these addresses: the app does not use the cache. */
const CACHE = {
  CACHE_BUCKET_NAME: "veet-test-cache",
  CACHE_BUCKET_KEY_PREFIX: "_cache",
  CACHE_BUCKET_REGION: "us-east-1",
  CACHE_DYNAMO_TABLE: "veet-test-cache",
};

const containers = new Set<ChildProcess>();
process.on("exit", () => containers.forEach((child) => child.kill("SIGKILL")));

/**
 * Starts a new process with only this environment, which can write to its own temporary folder only. Between two events it is frozen,
 * as in Lambda: work that is unfinished when it answers does not continue in the meantime.
 */
export function startContainer(environment: Record<string, string>): Container {
  const temporary = mkdtempSync(join(tmpdir(), "veet-lambda-"));
  const logFile = join(temporary, "log");
  const child = launch(temporary, logFile, { ...environment, ...CACHE, ...LAMBDA });
  containers.add(child);
  child.once("exit", () => containers.delete(child));
  const log = () => readFileSync(logFile, "utf8");
  const gone = once(child, "exit").then(([code]): Outcome => ({ error: `it ended with ${String(code)}` }));

  let last: Promise<unknown> = Promise.resolve();
  const one = async (event: FunctionUrlEvent): Promise<FunctionUrlResult> => {
    child.kill("SIGCONT");
    const answered = once(child, "message").then(([outcome]) => outcome as Outcome);
    child.send({ event } satisfies Invocation);
    const outcome = await Promise.race([answered, gone]);
    child.kill("SIGSTOP");
    if ("error" in outcome) throw new Error(`The function failed: ${outcome.error}\n${log()}`);
    return outcome.result as FunctionUrlResult;
  };
  return {
    invoke(event) {
      const answer = last.then(() => one(event));
      last = answer.catch(() => undefined);
      return answer;
    },
    log,
    stop() {
      child.kill("SIGKILL");
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

function launch(temporary: string, logFile: string, environment: Record<string, string>): ChildProcess {
  const work = join(temporary, "tmp");
  mkdirSync(work);
  // Next's types require a NODE_ENV; here OpenNext sets it.
  const env = { ...environment, TMPDIR: work, HOME: work } as Record<string, string> as NodeJS.ProcessEnv;
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(process.execPath, ["--permission", "--allow-fs-read=*", `--allow-fs-write=${work}`, RUNTIME], {
    cwd: BUNDLE,
    env,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}
