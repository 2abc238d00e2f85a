import { join } from "node:path";
import { ROOT } from "./paths.ts";
import { freePort } from "./ports.ts";
import { startProcess, waitUntil, type RunningProcess } from "./process.ts";

/** As in production (`infra/media/service.ts` says why), but for its limit of memory. */
const GATEKEEPER_NODE_OPTIONS = ["--max-semi-space-size=1"];

export type GatekeeperPlan = {
  /** The LiveKit server behind it. */
  livekit: { apiUrl: string; apiKey: string; apiSecret: string };
  site: string;
  redis: { url: string; token: string };
  /** Where several LiveKit servers share a site: its Redis, and where this server tells its figures. */
  among?: { redisUrl: string; metricsUrl: string } | undefined;
  log: string;
  /** Where it serves its metrics, and where LiveKit serves its own. */
  metrics?: { port: number; livekitUrl: string };
  /** For one that starts again where others were told it is. */
  port?: number;
};
export type RunningGatekeeper = { url: string; port: number; process: RunningProcess };

/**
 * Starts the gatekeeper on loopback before a LiveKit server. Browsers get this address, as in production: whoever was
 * expelled stays out on a laptop, too.
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
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
      UPSTASH_DISABLE_TELEMETRY: "1",
      ...(among && { GATEKEEPER_SITE_REDIS: among.redisUrl, GATEKEEPER_METRICS: among.metricsUrl }),
      ...(metrics && {
        GATEKEEPER_METRICS_LISTEN: `127.0.0.1:${metrics.port}`,
        GATEKEEPER_METRICS: metrics.livekitUrl,
      }),
    },
    output: log,
    // On SIGTERM it waits for the calls that run, which nobody who pressed Ctrl-C wants.
    graceMs: 500,
  });
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 404;
  await waitUntil(running, isReady, 90_000);
  return { url: `ws://127.0.0.1:${port}`, port, process: running };
}
