// The entry point of every npm script: installs the packages if needed, then runs the task on the Node 24 that is one of them.
// It must run on any Node from 20.9 on, with nothing installed: no TypeScript, no packages.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled, isNodeRecentEnough, OLDEST_NODE } from "./install-state.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const node24 = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

const TASKS = {
  dev: ["scripts/dev.ts"],
  test: ["scripts/test.ts"],
  "test:unit": ["scripts/test.ts", "--only", "unit"],
  "test:e2e": ["scripts/test.ts", "--only", "build,e2e,devices"],
  "test:simulation": ["scripts/test.ts", "--only", "build,simulation"],
  lint: ["scripts/test.ts", "--only", "lint,architecture"],
  typecheck: ["scripts/test.ts", "--only", "types"],
  costs: ["scripts/costs.ts"],
  "base-images": ["scripts/base-images.ts"],
  notices: ["scripts/notices.ts"],
  bench: ["scripts/bench.ts"],
};

function stop(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8"));
  } catch {
    return undefined;
  }
}

function installPackages() {
  if (
    existsSync(node24) &&
    isInstalled(readJson("package-lock.json") ?? {}, readJson("node_modules/.package-lock.json"))
  )
    return;
  console.log("Installing packages (npm ci), about a minute the first time …");
  // --foreground-scripts shows the output of install scripts: one of them downloads Node 24, which takes a while.
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--foreground-scripts", "--loglevel=http"], {
    cwd: root,
    stdio: ["ignore", "inherit", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
    maxBuffer: 1 << 28,
  });
  if (npm.error) stop("npm was not found: install it along with Node from https://nodejs.org, then run this again.");
  if (npm.status !== 0) {
    console.error(npm.stderr.split("\n").filter((line) => !line.startsWith("npm http")).join("\n")); // prettier-ignore
    stop("Installing packages failed (see above): check the connection to the npm registry, then run this again.");
  }
  if (!existsSync(node24))
    stop("npm left out Node 24: install scripts seem to be switched off; run `npm rebuild node`, then this again.");
}

function runTask(script, args) {
  const child = spawn(node24, [...script, ...args], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH ?? ""}`,
      // Everything `npm run dev` starts is JavaScript, and the second start can reuse its compiled code.
      ...(script[0] === "scripts/dev.ts" && { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node") }),
    },
  });
  // Ctrl-C reaches the task too. It stops its own processes; we exit only after it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // On SIGTERM, npm ends its shell without a signal to us: that the parent is gone is the only sign.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 250).unref();
  child.on("error", (error) => stop(`Node 24 does not start (${error.message}): run \`npm ci\`, then this again.`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

const [task = "", ...args] = process.argv.slice(2);
if (!isNodeRecentEnough(process.versions.node))
  stop(
    `Node ${process.versions.node} is too old: Veet needs ${OLDEST_NODE.join(".")} or newer, get it from https://nodejs.org.`,
  );
if (process.platform === "win32")
  stop("Windows itself is not supported: run this inside WSL, where it works as on Linux.");
if (!(task in TASKS)) stop(`There is no task "${task}": choose one of ${Object.keys(TASKS).join(", ")}.`);
installPackages();
runTask(TASKS[task], args);
