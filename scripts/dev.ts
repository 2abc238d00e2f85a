import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { renderUnicodeCompact } from "uqr";
import { startRedisRestBridge } from "./redis-rest-bridge.ts";
import { appEnvironment, LOCAL_API_KEY, LOCAL_SITE } from "./stack/app-env.ts";
import { certificateFor } from "./stack/certificate.ts";
import { embedRedis } from "./stack/embedded-redis.ts";
import { startGatekeeper } from "./stack/gatekeeper.ts";
import { lanAddress } from "./stack/lan-address.ts";
import { getLiveKit } from "./stack/livekit-binary.ts";
import { startLiveKit } from "./stack/livekit.ts";
import { startNext } from "./stack/next.ts";
import { claimCheckout } from "./stack/only-one.ts";
import { LOCAL } from "./stack/paths.ts";
import { freePort, isPortTaken } from "./stack/ports.ts";
import { stopAllProcesses, type RunningProcess } from "./stack/process.ts";
import { getRedis } from "./stack/redis-binary.ts";
import { startRedis } from "./stack/redis.ts";
import { localSecrets, type Secrets } from "./stack/secrets.ts";
import { reportEnd, Stop } from "./stack/stop.ts";
import { startTlsProxy } from "./stack/tls-proxy.ts";
import { WARM_UP, warmUp } from "./stack/warm-up.ts";

const port = Number(process.env.PORT ?? 3000);
const { values: flags } = parseArgs({ options: { lan: { type: "boolean", default: false } } });

let isInterrupted = false;
const interrupted = new Promise<void>((resolve) => {
  const interrupt = () => {
    isInterrupted = true;
    resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
});

await Promise.race([interrupted, runEverything()]).catch(reportEnd);
await stopAllProcesses();
process.exit();

/** Starts all there is and stays until one of it ends, which is an error. */
async function runEverything(): Promise<never> {
  const lan = flags.lan ? lanAddress(networkInterfaces()) : undefined;
  await requireFreePort(lan ? [lan] : ["127.0.0.1", "::1"]);
  const secrets = await localSecrets(join(LOCAL, "secrets.json"));
  await claimCheckout(join(".veet", "dev.sock"));
  const livekitBinary = await getLiveKit();
  const redisBinary = await getRedis();

  console.log("Starting Redis, LiveKit and the page …");
  // Everybody is told where the others will listen, so that nobody waits for anybody: Next alone takes most of the time.
  const [bridgePort, signalPort, gatekeeperPort, hiddenPort] = await fourFreePorts();
  const pagePort = lan ? hiddenPort : port;
  const pageUrl = lan ? `https://${lan}:${port}` : `http://localhost:${port}`;
  const bridge = { url: `http://127.0.0.1:${bridgePort}`, token: secrets.redisToken };
  const livekit = { apiUrl: `http://127.0.0.1:${signalPort}`, apiKey: LOCAL_API_KEY, apiSecret: secrets.livekit };
  const app = appEnvironment({
    pageUrl,
    secrets,
    redis: bridge,
    livekit: { ...livekit, url: lan ? `wss://${lan}:${port}` : `ws://127.0.0.1:${gatekeeperPort}` },
  });

  const starting = startNext({
    mode: "dev",
    port: pagePort,
    env: { ...process.env, ...app, TRY_IT_SIGN_IN: "1", ...(lan && { VEET_DEV_ORIGIN: lan }), ...color() },
    output: showLine,
  });
  const behind = Promise.all([
    startLocalRedis(redisBinary, secrets, bridgePort),
    startLiveKit({
      binary: livekitBinary,
      directory: LOCAL,
      region: LOCAL_SITE.region,
      nodeIp: lan ?? "127.0.0.1",
      signalPort,
      webhookUrl: `http://localhost:${pagePort}/api/livekit/webhook`,
      apiKey: LOCAL_API_KEY,
      apiSecret: secrets.livekit,
    }),
    startGatekeeper({
      livekit,
      site: LOCAL_SITE.site,
      redis: bridge,
      port: gatekeeperPort,
      log: join(LOCAL, "gatekeeper.log"),
    }),
  ]);
  // The first page can take long to compile: what dies meanwhile is told at once.
  const oneEnds = behind.then(([redis, { process }, gatekeeper]) =>
    untilOneEnds([...redis, process, gatekeeper.process]),
  );
  const [next] = await Promise.race([Promise.all([starting, behind]), oneEnds]);
  if (lan) {
    const certificate = await certificateFor(lan, join(LOCAL, "certificate.json"));
    await startTlsProxy({ address: lan, port, certificate, pagePort, signalPort: gatekeeperPort });
  }
  announce(pageUrl, Boolean(lan));
  void warmUp(`http://localhost:${pagePort}`);
  return Promise.race([oneEnds, untilOneEnds([next])]);
}

/** Asked for together, or the system might give one of them twice. */
function fourFreePorts(): Promise<[number, number, number, number]> {
  return Promise.all([freePort(), freePort(), freePort(), freePort()]);
}

async function requireFreePort(addresses: string[]): Promise<void> {
  const again = `npm run dev${flags.lan ? " -- --lan" : ""}`;
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Stop(`PORT=${process.env.PORT} is not a port: choose one as in \`PORT=3001 ${again}\`.`);
  if (await isPortTaken(port, addresses))
    throw new Stop(`Port ${port} is taken: stop what uses it, or choose another with \`PORT=${port + 1} ${again}\`.`);
}

/** Keeps its data, so that rooms survive a restart. @returns the processes of it. */
async function startLocalRedis(
  binary: string | undefined,
  secrets: Secrets,
  bridgePort: number,
): Promise<RunningProcess[]> {
  if (!binary) return startEmbeddedRedis(secrets, bridgePort);
  const directory = join(LOCAL, "redis");
  const redis = await startRedis({ binary, directory, keeps: true, token: secrets.redisToken, bridgePort });
  return [redis.process];
}

async function startEmbeddedRedis(secrets: Secrets, bridgePort: number): Promise<RunningProcess[]> {
  console.log(
    [
      "",
      "  ! No redis-server here, and none could be installed without asking.",
      "  ! Using a stand-in inside this process: FOR TRYING OUT ONLY. Rooms are forgotten when it stops.",
      "  ! Install Redis 7 (redis-server on the PATH) to work on Veet.",
      "",
    ].join("\n"),
  );
  await startRedisRestBridge(embedRedis(), secrets.redisToken, bridgePort);
  return [];
}

/** Next announces addresses of its own; there is one that works, and we tell it. Nor does our own warming up tell anybody anything. */
function showLine(line: string): void {
  if (!/^\W*(\[\d+m)?- (Local|Network|Environments):/.test(line) && !line.includes(WARM_UP)) console.log(line);
}

function color(): Record<string, string> {
  return process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
}

function announce(url: string, isLan: boolean): void {
  if (isLan) {
    console.log(`\n${renderUnicodeCompact(url)}\n`);
    console.log(
      "Phones in this network can join. Their browser warns once: the certificate is this machine's own; go on.",
    );
  }
  console.log(`\nVeet runs at ${url}  (Ctrl-C stops everything)\n`);
}

async function untilOneEnds(processes: RunningProcess[]): Promise<never> {
  const first = await Promise.race(
    processes.map(async (running) => ({ sentence: await running.ended, lines: running.lastLines() })),
  );
  if (isInterrupted) return new Promise(() => {});
  throw new Stop(`${first.sentence} Everything else is stopped, too.\n${first.lines}`);
}
