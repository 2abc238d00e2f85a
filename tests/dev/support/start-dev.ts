import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../../scripts/stack/paths.ts";
import { drawSamePorts, freePort } from "../../../scripts/stack/ports.ts";
import { LOG_DIRECTORY, writeStack } from "../../e2e/support/stack.ts";

/** The story has its own folder, so that it can run beside a developer's `npm run dev`. It keeps Next's compiled code for the next run. */
const DATA = ".veet/story";
/** Next writes this file for editors. It must name the folder of the developer's own server again afterwards. */
const TYPES = join(ROOT, "next-env.d.ts");

/** Playwright's global setup: starts `npm run dev` like a developer, and waits until it prints its address. */
export default async function startDev(): Promise<() => Promise<void>> {
  const typesBefore = await readFile(TYPES, "utf8").catch(() => undefined);
  // The same ports at each run in this checkout: a different environment would make Next compile everything again.
  drawSamePorts(createHash("sha256").update(ROOT).digest().readUInt16BE());
  const port = await freePort();
  mkdirSync(LOG_DIRECTORY, { recursive: true });
  const log = createWriteStream(join(LOG_DIRECTORY, "dev.log"));
  const command = spawn("npm", ["run", "dev"], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), VEET_DATA: DATA },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const gone = once(command, "exit");
  command.stderr.pipe(log);
  const stop = async () => {
    // Like Ctrl-C: to the whole process group of the terminal.
    if (command.exitCode === null) process.kill(-(command.pid ?? 0), "SIGINT");
    await gone;
    if (typesBefore !== undefined) await writeFile(TYPES, typesBefore);
  };
  const lines = createInterface({ input: command.stdout });
  lines.on("line", (line) => log.write(`${line}\n`));
  const isRunning = await new Promise<boolean>((resolve) => {
    lines.on("line", (line) => line.includes("Veet runs at") && resolve(true));
    void gone.then(() => resolve(false));
  });
  if (!isRunning) throw new Error(`npm run dev ended by itself; see ${join(LOG_DIRECTORY, "dev.log")}`);
  const baseUrl = `http://localhost:${port}`;
  writeStack({ baseUrl });
  process.env.VEET_BASE_URL = baseUrl;
  return stop;
}
