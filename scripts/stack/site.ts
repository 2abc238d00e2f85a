import { createHmac } from "node:crypto";
import { join } from "node:path";
import type { MediaSite } from "./app-env.ts";
import { type TcpPath, startTcpPath } from "./delay-proxy.ts";
import type { RunningRedisServer } from "./redis.ts";
import { prepareNode, type SiteNode } from "./site-node.ts";
import { roundTripFromHere, type SitePlan } from "./site-plan.ts";
import { Stop } from "./stop.ts";

export type SiteMeans = {
  livekitBinary: string;
  /** Not needed by a site without a Redis. */
  redisBinary: string | undefined;
  /** For data and configuration, and for logs. */
  directory: string;
  logs: string;
  /** What the key of each region is made from. */
  secret: string;
  appRedis: { url: string; token: string };
  webhookUrl: string;
  /** Where media of a site next door is sent. */
  nodeIp: string;
};

/** A LiveKit cluster on this machine. `media` is what the app is told of it. */
export type RunningSite = {
  plan: SitePlan;
  media: MediaSite;
  start: () => Promise<void>;
  /** The ports of its signalling for whoever is where the app is, and for whoever is in the other region. */
  signalPorts: { here: number; elsewhere: number };
  /** Has its room API, which the app asks, answer this much later, in milliseconds. */
  slowDown: (byMs: number) => void;
  nodes: readonly SiteNode[];
  redis: RunningRedisServer | undefined;
  /** The node that holds a LiveKit room. */
  nodeOf: (room: string) => Promise<SiteNode | undefined>;
};

/** Starts the sites one beside the other. Their processes end with `stopAllProcesses`. */
export async function startSites(plans: readonly SitePlan[], means: SiteMeans): Promise<RunningSite[]> {
  const sites = await prepareSites(plans, means);
  await Promise.all(sites.map((site) => site.start()));
  return sites;
}

/** Chooses where the sites will be; each is started by its `start`. */
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
  // Most sites have none, and `npm run dev` waits for what it loads.
  const { startRedisServer } = await import("./redis.ts");
  return startRedisServer({ binary: redisBinary, name: `Redis of ${site}`, directory, keeps: false });
}

/** A token verifies only in the region it was issued for. */
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

/** One address for all nodes, as a load balancer gives them; a single node next door needs none. */
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

/** Which of our servers is which in LiveKit's own directory: each draws an id at every start, and tells it in its metrics only. */
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
