import { join } from "node:path";
import { ROOT } from "./paths.ts";
import { startProcess, waitUntil, type ProcessPlan, type RunningProcess } from "./process.ts";

/** The command line of Next, run by the Node that runs us. */
export const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

/** How long Next may write its cache when it is stopped: under a second here, more after the first start on a busy machine. */
const DEV_GRACE_MS = 20_000;

export type NextPlan = { mode: "dev" | "start"; port: number; env: NodeJS.ProcessEnv; output: ProcessPlan["output"] };

/** Starts the app on loopback and waits until its first page is served, so that whoever opens it does not wait. */
export async function startNext({ mode, port, env, output }: NextPlan): Promise<RunningProcess> {
  const running = startProcess({
    name: "Next",
    command: process.execPath,
    args: [NEXT, mode, "--port", String(port), "--hostname", "localhost"],
    cwd: ROOT,
    // Next keeps what it compiled only now and then, and when it is told to wait for that at its end (next-dev.js and
    // hot-reloader-turbopack.js in Next 16.4.6). Without, the next start would often compile everything again.
    env: { __NEXT_DEV_WAIT_FOR_TURBOPACK_SHUTDOWN: "1", ...env },
    output,
    ...(mode === "dev" && { graceMs: DEV_GRACE_MS }),
  });
  await waitUntil(running, async () => Boolean(await fetch(`http://localhost:${port}/`)), 120_000);
  return running;
}
