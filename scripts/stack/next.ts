import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { LOCAL, ROOT } from "./paths.ts";
import { startProcess, waitUntil, type ProcessPlan, type RunningProcess } from "./process.ts";

/** Next's command line, for building. */
export const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

/**
 * Makes Next save compiled code as soon as it is idle, so that the next start can reuse it and stopping is immediate. It must not save on
 * exit (`__NEXT_DEV_WAIT_FOR_TURBOPACK_SHUTDOWN`): Next 16.4.6 would save an interrupted compilation as failed, permanently.
 */
const KEEP_EARLY = {
  TURBO_ENGINE_SNAPSHOT_IDLE_TIMEOUT_MILLIS: "500",
  TURBO_ENGINE_SNAPSHOT_MIN_ACTIVE_TIME_MILLIS: "100",
};

/** Serves the app, in development and in production. */
export const APP_SERVER = join(ROOT, "scripts", "app-server.ts");

/** Next adds its types to tsconfig.json. A second `npm run dev` gets its own, which extends the project's and leaves that unchanged. */
export async function prepareNext(): Promise<void> {
  if (!process.env.VEET_DATA) return;
  await writeFile(
    join(LOCAL, "tsconfig.json"),
    JSON.stringify({ extends: join(relative(LOCAL, ROOT), "tsconfig.json") }),
  );
}

export type NextPlan = { mode: "dev" | "start"; port: number; env: NodeJS.ProcessEnv; output: ProcessPlan["output"] };

/** Starts the app on loopback and waits until its first page is served, so that the first visitor does not wait. */
export async function startNext({ mode, port, env, output }: NextPlan): Promise<RunningProcess> {
  const running = startProcess({
    name: "Next",
    command: process.execPath,
    args: [APP_SERVER, "--port", String(port), "--hostname", "localhost", ...(mode === "dev" ? ["--dev"] : [])],
    cwd: ROOT,
    env: { ...(mode === "dev" ? { NODE_ENV: "development", ...KEEP_EARLY } : { NODE_ENV: "production" }), ...env },
    output,
  });
  await waitUntil(running, async () => Boolean(await fetch(`http://localhost:${port}/`)), 120_000);
  return running;
}
