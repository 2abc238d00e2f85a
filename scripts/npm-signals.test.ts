import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { ROOT } from "./stack/paths.ts";

/** Stands in for a server: prints that it runs, and then how it was stopped. */
const SERVER = `
process.on("SIGTERM", () => { console.log("stopped"); process.exit(0); });
setInterval(() => {}, 1_000);
console.log("running");
`;

let project: string;
let npm: ChildProcess;
afterEach(async () => {
  try {
    process.kill(-(npm.pid ?? 0), "SIGKILL");
  } catch {
    // All processes have ended, as expected.
  }
  await rm(project, { recursive: true });
});

test.each(["start", "dev"])(
  "a SIGTERM to `npm run %s` ends its processes",
  async (script) => {
    project = await projectAround(SERVER);
    npm = spawn("npm", ["run", script], { cwd: project, detached: true, stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    const closed = npm.stdout ? once(npm.stdout, "close") : undefined;
    npm.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (text.includes("running")) npm.kill("SIGTERM");
    });
    // The pipe closes when the last process that writes to it has ended.
    await closed;
    expect(output).toContain("stopped");
  },
  60_000,
);

/** A project with our scripts and another server. */
async function projectAround(server: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "veet-signals-"));
  const nodes = ["node_modules/node/bin", "node_modules/.bin"];
  for (const made of ["scripts", ...nodes]) await mkdir(join(directory, made), { recursive: true });
  const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  await writeFile(join(directory, "package.json"), JSON.stringify({ type: "module", scripts }));
  for (const lock of ["package-lock.json", "node_modules/.package-lock.json"])
    await writeFile(join(directory, lock), JSON.stringify({ packages: {} }));
  for (const bin of nodes) await symlink(process.execPath, join(directory, bin, "node"));
  for (const name of ["bootstrap.mjs", "install-state.mjs"])
    await copyFile(join(ROOT, "scripts", name), join(directory, "scripts", name));
  for (const name of ["start.ts", "dev.ts"]) await writeFile(join(directory, "scripts", name), server);
  return directory;
}
