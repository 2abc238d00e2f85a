import { networkInterfaces } from "node:os";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { renderUnicodeCompact } from "uqr";
import { appEnvironment } from "./stack/app-env.ts";
import { readDevFlags } from "./stack/dev-flags.ts";
import { describeSites, keepNodes } from "./simulation/keep-nodes.ts";
import { lanAddress } from "./stack/lan-address.ts";
import { getLiveKit } from "./provision/livekit-binary.ts";
import { prepareNext, startNext } from "./stack/next.ts";
import { claimCheckout } from "./stack/only-one.ts";
import { LOCAL, ROOT } from "./stack/paths.ts";
import { drawSamePorts, freePort, isPortTaken } from "./stack/ports.ts";
import { stopAllProcesses, type RunningProcess } from "./stack/process.ts";
import { getRedis } from "./provision/redis-binary.ts";
import { localSecrets, type Secrets } from "./stack/secrets.ts";
import { prepareSites, type RunningSite } from "./stack/site.ts";
import { reportEnd, Stop } from "./stack/stop.ts";
import { WARM_UP, warmUp } from "./stack/warm-up.ts";

const port = Number(process.env.PORT ?? 3000);

/** The query in Next's request log: it can contain an authorization code. */
const QUERY = /^(\W*[A-Z]+ \/[^\s?]*)\?\S*/;

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

/** Starts all processes and waits until one of them ends, which is an error. */
async function runEverything(): Promise<never> {
  const flags = readDevFlags(process.argv.slice(2));
  const lan = flags.isLan ? lanAddress(networkInterfaces()) : undefined;
  await requireFreePort(lan ? [lan] : ["127.0.0.1", "::1"], flags.command);
  const secrets = await localSecrets(join(LOCAL, "secrets.json"));
  // Socket paths are limited to about a hundred characters.
  await claimCheckout(join(relative(ROOT, LOCAL), "dev.sock"));
  await prepareNext();
  const livekitBinary = await getLiveKit();
  const redisBinary = await getRedis();

  console.log("Starting Redis, LiveKit and the page …");
  drawSamePorts(port);
  // Pick ports up front so that processes can start in parallel.
  const [bridgePort, hiddenPort] = await Promise.all([freePort(), freePort()]);
  const pagePort = lan ? hiddenPort : port;
  const bridge = { url: `http://127.0.0.1:${bridgePort}`, token: secrets.redisToken };
  const sites = await prepareSites(flags.sites, {
    livekitBinary,
    redisBinary,
    directory: LOCAL,
    logs: LOCAL,
    secret: secrets.livekit,
    appRedis: bridge,
    webhookUrl: `http://localhost:${pagePort}/api/livekit/webhook`,
    nodeIp: lan ?? "127.0.0.1",
  });
  const pageUrl = lan ? `https://${lan}:${port}` : `http://localhost:${port}`;
  const told = sites.map(({ media }) => (lan ? { ...media, url: `wss://${lan}:${port}` } : media));
  const app = appEnvironment({ pageUrl, secrets, redis: bridge, sites: told });
  const starting = startNext({
    mode: "dev",
    port: pagePort,
    env: { ...process.env, ...app, TRY_IT_SIGN_IN: "1", ...(lan && { VEET_DEV_ORIGIN: lan }), ...color() },
    output: showLine,
  });
  starting.catch(() => {}); // handled below, unless something else fails first
  const [redis] = await Promise.all([
    startLocalRedis(redisBinary, secrets, bridgePort),
    ...sites.map((site) => site.start()),
  ]);
  const siteRedises = sites.flatMap((site) => site.redis?.process ?? []);
  const behind = Promise.race([untilOneEnds([...redis, ...siteRedises]), untilMediaEnds(sites)]);
  // The first page can take long to compile: report a process that dies in the meantime right away.
  const next = await Promise.race([starting, behind]);
  if (lan) {
    const [{ certificateFor }, { startTlsProxy }] = await Promise.all([
      import("./stack/certificate.ts"),
      import("./stack/tls-proxy.ts"),
    ]);
    const certificate = await certificateFor(lan, join(LOCAL, "certificate.json"));
    const signalPort = Number(new URL(sites[0]?.media.url ?? "").port);
    await startTlsProxy({ address: lan, port, certificate, pagePort, signalPort });
  }
  announce(pageUrl, Boolean(lan), sites);
  void warmUp(`http://localhost:${pagePort}`);
  return Promise.race([behind, untilOneEnds([next])]);
}

async function requireFreePort(addresses: string[], again: string): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Stop(`PORT=${process.env.PORT} is not a port: choose one as in \`PORT=3001 ${again}\`.`);
  if (await isPortTaken(port, addresses))
    throw new Stop(`Port ${port} is taken: stop what uses it, or choose another with \`PORT=${port + 1} ${again}\`.`);
}

/** Keeps its data, so that rooms survive a restart. @returns its processes. */
async function startLocalRedis(
  binary: string | undefined,
  secrets: Secrets,
  bridgePort: number,
): Promise<RunningProcess[]> {
  if (!binary) return startEmbeddedRedis(secrets, bridgePort);
  // Loaded after Next has started, like everything that only some starts need: the page is served sooner.
  const { startRedis } = await import("./stack/redis.ts");
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
  const [{ embedRedis }, { startRedisRestBridge }] = await Promise.all([
    import("./stack/embedded-redis.ts"),
    import("./redis-rest-bridge.ts"),
  ]);
  await startRedisRestBridge(embedRedis(), secrets.redisToken, bridgePort);
  return [];
}

/** Shows Next's output, except our own warm-up requests and errors about compilations that stopping interrupted. */
function showLine(line: string): void {
  if (isInterrupted || line.includes(WARM_UP)) return;
  const isRequest = QUERY.test(stripVTControlCharacters(line));
  console.log(isRequest ? line.replace(/\?\S*/, "") : line);
}

function color(): Record<string, string> {
  return process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
}

function announce(url: string, isLan: boolean, sites: readonly RunningSite[]): void {
  if (isLan) {
    console.log(`\n${renderUnicodeCompact(url)}\n`);
    console.log(
      "Phones in this network can join. Their browser warns once: the certificate is this machine's own; go on.",
    );
  }
  if (sites.length > 1) console.log(`\n${describeSites(sites)}`);
  console.log(`\nVeet runs at ${url}  (Ctrl-C stops everything)\n`);
}

async function untilOneEnds(processes: RunningProcess[]): Promise<never> {
  return end(
    await Promise.race(
      processes.map(async (running) => ({ sentence: await running.ended, lines: running.lastLines() })),
    ),
  );
}

/** With several regions, losing a node is the point; with one, no meeting can continue. */
async function untilMediaEnds(sites: readonly RunningSite[]): Promise<never> {
  if (sites.length > 1) await keepNodes(sites, () => isInterrupted);
  return end(await Promise.race(sites.flatMap(({ nodes }) => nodes.map((node) => node.ended()))));
}

function end({ sentence, lines }: { sentence: string; lines: string }): Promise<never> {
  if (isInterrupted) return new Promise(() => {});
  throw new Stop(`${sentence} Everything else is stopped, too.\n${lines}`);
}
