import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { ROOT } from "../scripts/stack/paths.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { report } from "./support/results.ts";

const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 5);
/** In milliseconds. How long a developer uses the page before stopping everything: Next keeps compiling in that time. */
const USE_MS = 5_000;

test("a second start of `npm run dev`", async () => {
  test.setTimeout(300_000);
  const port = await freePort(); // the same for both starts, as for a developer who repeats the command
  await start(port); // the first: compiles everything
  const taken: number[] = [];
  for (let run = 1; run <= RUNS; run += 1) taken.push(await start(port));
  report({ dev_second_start_ms: taken }, "ms");
});

/** @returns the time from the command to a served page, in ms. All processes have stopped by then. */
async function start(port: number): Promise<number> {
  const startedAtMs = performance.now();
  const command = spawn("npm", ["run", "dev"], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const gone = once(command, "exit");
  let takenMs: number | undefined;
  let status: number | undefined;
  for await (const line of createInterface({ input: command.stdout })) {
    if (!line.includes("Veet runs at")) continue;
    takenMs = performance.now() - startedAtMs;
    status = (await fetch(`http://localhost:${port}/meet/abc-defg-hij`)).status;
    // Like Ctrl-C: to the whole process group of the terminal.
    setTimeout(() => process.kill(-(command.pid ?? 0), "SIGINT"), USE_MS);
  }
  await gone;
  expect(takenMs, "the page was served").toBeDefined();
  expect(status, "what the earlier start kept is fit for use, though it was stopped while compiling").toBe(200);
  return takenMs ?? NaN;
}
