import { createHmac } from "node:crypto";
import { join } from "node:path";
import type { MediaSite } from "./app-env.ts";
import { type TcpPath, startTcpPath } from "../simulation/delay-proxy.ts";
import type { RunningRedisServer } from "./redis.ts";
import { prepareNode, type SiteNode } from "./site-node.ts";
import { roundTripFromHere, type SitePlan } from "../simulation/site-plan.ts";
import { Stop } from "./stop.ts";

export type SiteMeans = {
  livekitBinary: string;
  /** A site without a Redis does not need it. */
  redisBinary: string | undefined;
  /** The folder for data, configuration and logs. */
  directory: string;
  logs: string;
  /** The secret that each region's key is derived from. */
  secret: string;
  appRedis: { url: string; token: string };
  webhookUrl: string;
  /** The address for media of a local site. */
  nodeIp: string;
};

/** A running LiveKit cluster on this machine. `media` is its entry in the app's configuration. */
export type RunningSite = {
  plan: SitePlan;
  media: MediaSite;
  start: () => Promise<void>;
  /** The ports of its signalling from the app's region, and from the other region. */
  signalPorts: { here: number; elsewhere: number };
  /** Delays its room API by this much, in milliseconds. */
  slowDown: (byMs: number) => void;
  nodes: readonly SiteNode[];
  redis: RunningRedisServer | undefined;
  /** The node that has a LiveKit room. */
  nodeOf: (room: string) => Promise<SiteNode | undefined>;
};

/** Starts the sites in parallel. Their processes end with `stopAllProcesses`. */
export async function startSites(plans: readonly SitePlan[], means: SiteMeans): Promise<RunningSite[]> {
  const sites = await prepareSites(plans, means);
  await Promise.all(sites.map((site) => site.start()));
  return sites;
}

/** Picks the sites' addresses; `start` then starts each site. */
export function prepareSites(plans: readonly SitePlan[], means: SiteMeans): Promise<RunningSite[]> {
  return Promise.all(plans.map((plan) => prepareSite(plan, means)));
}

async function prepareSite(plan: SitePlan, means: SiteMeans): Promise<RunningSite> {
  const directory = join(means.directory, plan.site);
  const redis = plan.hasRedis ? await startSiteRedis(plan, means, join(directory, "redis")) : undefined;
  const key = keyOf(plan.region, means.secret);
  const nodes: SiteNode[] = [];
  const nodeIds = createNodeIds(redis);
  for (let number = 1; number <= plan.nodes; number += 1) {
    const name = `${plan.site}-${number}`;
    const node = await prepareNode({
      ...key,
      name,
      site: plan.site,
      region: plan.region,
      binary: means.livekitBinary,
      directory: join(directory, name),
      logs: means.logs,
      appRedis: means.appRedis,
      webhookUrl: means.webhookUrl,
      nodeIp: means.nodeIp,
      redis: redis && `127.0.0.1:${redis.port}`,
      distance: plan.distance,
    });
    nodes.push({ ...node, start: () => node.start().then(() => nodeIds.learn(node)) });
  }
  const start = async () => {
    await Promise.all(nodes.map((node) => node.start()));
  };
  const signalPorts = await signalPortsOf(nodes, plan);
  const api = await wayTo(nodes, "livekit", roundTripFromHere(plan));
  const addresses = { url: `ws://127.0.0.1:${signalPorts.here}`, apiUrl: `http://127.0.0.1:${api.port}` };
  const nodeOf = async (room: string) => {
    const name = await nodeIds.nameOf(room);
    return nodes.find((node) => name === undefined || node.name === name);
  };
  const media = { site: plan.site, region: plan.region, ...addresses, ...key };
  return { plan, media, start, signalPorts, slowDown: api.slowDown, nodes, redis, nodeOf };
}

async function startSiteRedis({ site }: SitePlan, { redisBinary }: SiteMeans, directory: string) {
  if (!redisBinary)
    throw new Stop("Several regions need a real redis-server: install Redis 7 and put redis-server on the PATH.");
  // Most sites have none, and `npm run dev` waits for its imports.
  const { startRedisServer } = await import("./redis.ts");
  return startRedisServer({ binary: redisBinary, name: `Redis of ${site}`, directory, keeps: false });
}

/** Each region has its own key, so that a token verifies only in its region. */
function keyOf(region: string, secret: string) {
  return {
    apiKey: `veet-${region}`,
    apiSecret: createHmac("sha256", secret).update(region).digest("base64url"),
  };
}

async function signalPortsOf(nodes: readonly SiteNode[], plan: SitePlan): Promise<RunningSite["signalPorts"]> {
  const across = plan.distance?.roundTripMs ?? 0;
  const fromHere = roundTripFromHere(plan);
  return {
    here: (await wayTo(nodes, "gatekeeper", fromHere)).port,
    elsewhere: (await wayTo(nodes, "gatekeeper", across - fromHere)).port,
  };
}

/** One address for all nodes, as a load balancer provides; a single local node needs none. */
async function wayTo(nodes: readonly SiteNode[], what: "gatekeeper" | "livekit", roundTripMs: number): Promise<Way> {
  const ports = nodes.map((node) => node.ports[what]);
  const [only] = ports;
  if (only === undefined || ports.length > 1 || roundTripMs > 0) return startTcpPath(ports, roundTripMs);
  const slowDown = () => {
    throw new Error("There is nothing on the way that could be slow");
  };
  return { port: only, slowDown };
}
type Way = Pick<TcpPath, "port" | "slowDown">;

/** Maps our servers to the ids in LiveKit's directory: each generates an id at every start, which only its metrics expose. */
function createNodeIds(redis: RunningRedisServer | undefined) {
  const names = new Map<string, string>();
  return {
    async learn({ name, metricsUrl }: SiteNode): Promise<void> {
      if (redis) names.set(await readNodeId(metricsUrl), name);
    },
    /** @returns undefined for a site without a directory, which has one server. */
    async nameOf(room: string): Promise<string | undefined> {
      if (!redis) return undefined;
      return names.get(String(await redis.client.run(["HGET", "room_node_map", room]))) ?? "";
    },
  };
}

async function readNodeId(metricsUrl: string): Promise<string> {
  const metrics = await (await fetch(metricsUrl)).text();
  const id = /node_id="([^"]+)"/.exec(metrics)?.[1];
  if (!id) throw new Error(`No id of a LiveKit server in ${metricsUrl}`);
  return id;
}
