// Serves the app in development and in production: Next behind our own HTTP server, which refuses what Next cannot handle (decision 088).
import { parseArgs } from "node:util";
import next from "next";
import { KEEP_CONNECTION_MS } from "#lib/keep-alive.ts";
import { parseMetricsListen } from "#lib/metrics-address.ts";
import { startMetrics } from "#lib/metrics-server.ts";
import { startAppServer } from "./stack/app-server.ts";
import { ROOT } from "./stack/paths.ts";

// Same options as `next start`, which this replaces.
const { values } = parseArgs({
  options: {
    dev: { type: "boolean", default: false },
    port: { type: "string", short: "p", default: process.env.PORT ?? "3000" },
    hostname: { type: "string", short: "H" },
    keepAliveTimeout: { type: "string", default: String(KEEP_CONNECTION_MS) },
  },
});
const { dev, hostname } = values;
const port = Number(values.port);

const app = next({ dev, dir: ROOT, port, ...(hostname !== undefined && { hostname }) });
const server = await startAppServer({ app, port, hostname, isDevelopment: dev }).catch(failed(`start on port ${port}`));
const listen = parseMetricsListen(process.env.METRICS_LISTEN ?? "");
if (listen) await startMetrics({ listen, process: "app" }).catch(failed(`serve metrics on port ${listen.port}`));
server.keepAliveTimeout = Number(values.keepAliveTimeout);
if (!dev) console.log(`Veet listens on port ${port}.`);

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // Ctrl-C in a terminal arrives twice: directly and through the parent process.
    if (isStopping) return;
    isStopping = true;
    void stop();
  });
}

function failed(what: string) {
  return (error: unknown): never => {
    console.error(`The app does not ${what}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  };
}

/** Finishes open requests and their follow-up work. In development it stops immediately. */
async function stop(): Promise<void> {
  if (!dev) {
    await new Promise((resolve) => server.close(resolve));
    await app.close();
  }
  process.exit();
}
