import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appEnvironment } from "../../../scripts/stack/app-env.ts";
import { getLiveKit } from "../../../scripts/provision/livekit-binary.ts";
import { startNext } from "../../../scripts/stack/next.ts";
import { LOCAL, ROOT } from "../../../scripts/stack/paths.ts";
import { freePort } from "../../../scripts/stack/ports.ts";
import { stopAllProcesses } from "../../../scripts/stack/process.ts";
import { requireRedis } from "../../../scripts/provision/redis-binary.ts";
import { type RedisPlan, type RunningRedis, startRedis } from "../../../scripts/stack/redis.ts";
import { createSecrets } from "../../../scripts/stack/secrets.ts";
import type { SitePlan } from "../../../scripts/simulation/site-plan.ts";
import { startSites, type RunningSite } from "../../../scripts/stack/site.ts";
import { Stop } from "../../../scripts/stack/stop.ts";
import { startOidcProvider } from "./oidc-provider.ts";
import { OPERATOR_ID } from "./operator.ts";
import { LOG_DIRECTORY, writeStack } from "./stack.ts";

export type AppStack = { sites: readonly RunningSite[]; stop: () => Promise<void> };

type Settings = Readonly<Record<string, string>>;
type StartState = (plan: RedisPlan) => Promise<RunningRedis>;

/**
 * A real Redis, LiveKit on these sites, an OIDC provider and the production server, all new and described in the stack's file.
 *
 * @param settings - Variables of the app beside those that every stack has.
 * @param startState - Starts the app's Redis; one on this machine unless given.
 */
export async function startAppStack(
  plans: readonly SitePlan[],
  settings: Settings = {},
  startState: StartState = startRedis,
): Promise<AppStack> {
  if (!existsSync(join(ROOT, ".next", "BUILD_ID")))
    throw new Stop(
      "There is no production build to test: run `npm run build` first, or `npm run test:e2e`, which does.",
    );
  await Promise.all([LOCAL, LOG_DIRECTORY].map((directory) => mkdir(directory, { recursive: true })));
  const directory = await mkdtemp(join(tmpdir(), "veet-e2e-"));
  const closing: (() => Promise<unknown>)[] = [stopAllProcesses, () => rm(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (const close of closing) await close();
  };
  try {
    const { sites, close } = await start(plans, directory, settings, startState);
    closing.unshift(close);
    return { sites, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(plans: readonly SitePlan[], directory: string, settings: Settings, startState: StartState) {
  const secrets = createSecrets();
  const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
  const baseUrl = `http://localhost:${port}`;
  const redisBinary = await requireRedis();
  const [redis, oidc] = await Promise.all([
    startState({ binary: redisBinary, directory, keeps: false, token: secrets.redisToken }),
    startOidcProvider(baseUrl),
  ]);
  const sites = await startSites(plans, {
    livekitBinary: await getLiveKit(),
    redisBinary,
    directory,
    logs: LOG_DIRECTORY,
    secret: secrets.livekit,
    appRedis: redis.bridge,
    webhookUrl: `${baseUrl}/api/livekit/webhook`,
    nodeIp: "127.0.0.1",
  });
  const appSites = sites.map(({ media }) => media);
  const app = appEnvironment({ pageUrl: baseUrl, secrets, redis: redis.bridge, sites: appSites });
  const log = join(LOG_DIRECTORY, "app.log");
  await startNext({
    mode: "start",
    port,
    env: {
      ...process.env,
      ...app,
      NODE_ENV: "production",
      METRICS_LISTEN: `127.0.0.1:${metricsPort}`,
      OPERATORS: OPERATOR_ID,
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: oidc.clientId,
      OIDC_CLIENT_SECRET: oidc.clientSecret,
      OIDC_NAME: "Test identity provider",
      ...settings,
    },
    output: log,
  });

  const [home] = sites;
  const node = home?.nodes[0];
  if (!home || !node) throw new Error("No site was asked for");
  writeStack({
    baseUrl,
    nextAuthSecret: secrets.nextAuth,
    identitySecret: secrets.identity,
    redis: { url: redis.bridge.url, token: redis.bridge.token, port: redis.port, pid: redis.process.pid },
    livekit: {
      ...home.media,
      directUrl: `ws://127.0.0.1:${node.ports.livekit}`,
      pid: node.pid(),
      gatekeeperPid: node.gatekeeperPid(),
    },
    sites: appSites,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    oidc: { issuer: oidc.issuer, clientId: oidc.clientId, clientSecret: oidc.clientSecret },
    logs: { app: log, livekit: node.logs.livekit, gatekeeper: node.logs.gatekeeper },
  });
  process.env.VEET_BASE_URL = baseUrl;
  const close = async () => {
    await oidc.close();
    await redis.stop();
  };
  return { sites, close };
}
