import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appEnvironment, LOCAL_API_KEY, LOCAL_SITE } from "../../../scripts/stack/app-env.ts";
import { startGatekeeper } from "../../../scripts/stack/gatekeeper.ts";
import { getLiveKit } from "../../../scripts/stack/livekit-binary.ts";
import { startLiveKit } from "../../../scripts/stack/livekit.ts";
import { startNext } from "../../../scripts/stack/next.ts";
import { LOCAL, ROOT } from "../../../scripts/stack/paths.ts";
import { freePort } from "../../../scripts/stack/ports.ts";
import { stopAllProcesses } from "../../../scripts/stack/process.ts";
import { requireRedis } from "../../../scripts/stack/redis-binary.ts";
import { startRedis } from "../../../scripts/stack/redis.ts";
import { createSecrets } from "../../../scripts/stack/secrets.ts";
import { Stop } from "../../../scripts/stack/stop.ts";
import { startOidcProvider } from "./oidc-provider.ts";
import { LOG_DIRECTORY, writeStack } from "./stack.ts";

/** Playwright's global setup: a real Redis, LiveKit, OIDC provider and the production server, all new for this run. */
export default async function startStack(): Promise<() => Promise<void>> {
  if (!existsSync(join(ROOT, ".next", "BUILD_ID")))
    throw new Stop(
      "There is no production build to test: run `npm run build` first, or `npm run test:e2e`, which does.",
    );
  await Promise.all([LOCAL, LOG_DIRECTORY].map((directory) => mkdir(directory, { recursive: true })));
  const directory = await mkdtemp(join(tmpdir(), "veet-e2e-"));
  const stopAll: (() => Promise<unknown>)[] = [stopAllProcesses, () => rm(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stopAll) await one();
  };
  try {
    stopAll.unshift(...(await start(directory)));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** @returns what else must be closed at the end. */
async function start(directory: string): Promise<(() => Promise<unknown>)[]> {
  const secrets = createSecrets();
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const log = (name: string) => join(LOG_DIRECTORY, `${name}.log`);
  const logs = { app: log("app"), livekit: log("livekit"), gatekeeper: log("gatekeeper") };

  const [redis, livekit, oidc] = await Promise.all([
    startRedis({ binary: await requireRedis(), directory, keeps: false, token: secrets.redisToken }),
    startLiveKit({
      binary: await getLiveKit(),
      directory,
      log: logs.livekit,
      region: LOCAL_SITE.region,
      nodeIp: "127.0.0.1",
      apiKey: LOCAL_API_KEY,
      apiSecret: secrets.livekit,
      webhookUrl: `${baseUrl}/api/livekit/webhook`,
    }),
    startOidcProvider(baseUrl),
  ]);
  const gatekeeper = await startGatekeeper({
    livekit: { apiUrl: livekit.apiUrl, apiKey: LOCAL_API_KEY, apiSecret: secrets.livekit },
    site: LOCAL_SITE.site,
    redis: redis.bridge,
    log: logs.gatekeeper,
  });
  const media = { url: gatekeeper.url, apiUrl: livekit.apiUrl, apiKey: LOCAL_API_KEY };
  const app = appEnvironment({ pageUrl: baseUrl, secrets, redis: redis.bridge, livekit: media });
  await startNext({
    mode: "start",
    port,
    env: {
      ...process.env,
      ...app,
      NODE_ENV: "production",
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: oidc.clientId,
      OIDC_CLIENT_SECRET: oidc.clientSecret,
      OIDC_NAME: "Test identity provider",
    },
    output: logs.app,
  });

  writeStack({
    baseUrl,
    nextAuthSecret: secrets.nextAuth,
    identitySecret: secrets.identity,
    redis: { url: redis.bridge.url, token: redis.bridge.token, port: redis.port, pid: redis.process.pid },
    livekit: {
      ...LOCAL_SITE,
      ...media,
      directUrl: livekit.url,
      apiSecret: secrets.livekit,
      pid: livekit.process.pid,
      gatekeeperPid: gatekeeper.process.pid,
    },
    oidc: { issuer: oidc.issuer, clientId: oidc.clientId, clientSecret: oidc.clientSecret },
    logs,
  });
  process.env.VEET_BASE_URL = baseUrl;
  return [oidc.close, redis.stop];
}
