import { join } from "node:path";
import { ROOT } from "./paths.ts";
import { freePort } from "./ports.ts";
import { startProcess, waitUntil, type RunningProcess } from "./process.ts";

/** As in production (`infra/media/service.ts` explains it), without the memory limit. */
const GATEKEEPER_NODE_OPTIONS = ["--max-semi-space-size=1"];

export type GatekeeperPlan = {
  /** The LiveKit server behind it. */
  livekit: { apiUrl: string; apiKey: string; apiSecret: string };
  site: string;
  /** Upstash's protocol, or a Redis over TCP. */
  redis: { url: string; token: string } | { redisUrl: string };
  /** For a site with several LiveKit servers: its Redis, and this server's metrics address. */
  among?: { redisUrl: string; metricsUrl: string } | undefined;
  log: string;
  /** The port of its own metrics, and the address of LiveKit's. */
  metrics?: { port: number; livekitUrl: string };
  /** A fixed port, for a restart at an address that others know. */
  port?: number;
};
export type RunningGatekeeper = { url: string; port: number; process: RunningProcess };

/**
 * Starts the gatekeeper on loopback in front of a LiveKit server. Browsers get this address, as in production, so a removed
 * participant stays out in development too.
 */
export async function startGatekeeper(plan: GatekeeperPlan): Promise<RunningGatekeeper> {
  const { livekit, site, redis, among, log, metrics, port = await freePort() } = plan;
  const running = startProcess({
    name: "The gatekeeper",
    command: process.execPath,
    args: [...GATEKEEPER_NODE_OPTIONS, "--conditions=react-server", join(ROOT, "gatekeeper", "main.ts")],
    cwd: ROOT,
    env: {
      ...process.env,
      GATEKEEPER_PORT: String(port),
      GATEKEEPER_HOST: "127.0.0.1",
      GATEKEEPER_TARGET: livekit.apiUrl,
      GATEKEEPER_SITE: site,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      ...redisVariables(redis),
      UPSTASH_DISABLE_TELEMETRY: "1",
      ...(among && { GATEKEEPER_SITE_REDIS: among.redisUrl, GATEKEEPER_METRICS: among.metricsUrl }),
      ...(metrics && {
        GATEKEEPER_METRICS_LISTEN: `127.0.0.1:${metrics.port}`,
        GATEKEEPER_METRICS: metrics.livekitUrl,
      }),
    },
    output: log,
    // On SIGTERM it waits for running calls, which no developer wants after Ctrl-C.
    graceMs: 500,
  });
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 404;
  await waitUntil(running, isReady, 90_000);
  return { url: `ws://127.0.0.1:${port}`, port, process: running };
}

/** The other way is emptied: this process may have it. */
function redisVariables(redis: GatekeeperPlan["redis"]): Record<string, string> {
  if ("redisUrl" in redis)
    return { REDIS_URL: redis.redisUrl, UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "" };
  return { REDIS_URL: "", UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token };
}
