// Runs with --conditions=react-server: lib/env.ts imports a package that refuses to load anywhere but on a server.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvFile } from "node:process";
import { readEnv } from "#lib/env.ts";
import { messageOf } from "./redis-rest-bridge.ts";
import { APP_SERVER } from "./stack/next.ts";
import { ROOT } from "./stack/paths.ts";
import { reportEnd, Stop } from "./stack/stop.ts";

try {
  startServer();
} catch (error) {
  reportEnd(error);
}

/** Checks everything the server needs, so that a problem shows at startup and not at the first request. */
function startServer(): void {
  loadEnvFiles();
  try {
    readEnv({ ...process.env, NODE_ENV: "production" });
  } catch (error) {
    throw new Stop(`${messageOf(error)}\nSet these (.env.example says what they are), then run \`npm start\` again.`);
  }
  if (!existsSync(join(ROOT, ".next", "BUILD_ID")))
    throw new Stop("There is no production build: run `npm run build`, then this again.");
  const child = spawn(process.execPath, [APP_SERVER, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 1));
}

/** The env files that Next reads, in its order: variables that are already set win. */
function loadEnvFiles(): void {
  for (const name of [".env.production.local", ".env.local", ".env.production", ".env"]) {
    const file = join(ROOT, name);
    if (existsSync(file)) loadEnvFile(file);
  }
}
