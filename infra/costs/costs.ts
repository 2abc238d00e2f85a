import { ZONES, sitesOf } from "#infra/regions.ts";
import type { Stage } from "#infra/stage.ts";
import { PRICES } from "./prices.ts";

export type Item = { what: string; count: number; usdEach: number; usd: number };

/** What a stage costs in an hour when nobody meets: everything at its least. One region after the other is the same. */
export function hourlyItems(stage: Stage): Item[] {
  const regions = stage.regions.length;
  const sites = stage.regions.flatMap((region) => sitesOf(region, stage.zones)).length;
  const nodes = sites * stage.media.minNodes;
  const node = stage.isProduction ? PRICES.c7gXlarge.usd : PRICES.t4gSmall.usd;
  const valkey = stage.isProduction ? PRICES.valkeySmall.usd : PRICES.valkeyMicro.usd;
  // Per site: doors, nodes, processor, memory, clocks, network in and out of scaling, twice Valkey, unreachable, and a probe from each region.
  const alarms = sites * (10 + regions) + regions * 4 + 1;
  return [
    item(`media node (${stage.media.instanceType})`, nodes, node),
    item("disk of 30 GB", nodes, 30 * PRICES.volumeGb.usd),
    item("load balancer", 2 * regions, PRICES.balancer.usd),
    item("load balancer unit", 2 * regions, PRICES.balancerUnit.usd),
    // One for each node, and each balancer has one in both zones.
    item("public IPv4 address", nodes + 2 * ZONES.length * regions, PRICES.publicAddress.usd),
    item("Valkey", sites, valkey),
    item("firewall", regions, PRICES.firewall.usd),
    item("web firewall", 1, PRICES.webFirewall.usd),
    item("secret", sites, PRICES.secret.usd),
    item("health check", sites, PRICES.healthCheck.usd),
    item("alarm", alarms, PRICES.alarm.usd),
    item("prober", regions, PRICES.probe.usd),
    item("app, state and names", 1, PRICES.web.usd),
  ];
}

function item(what: string, count: number, usdEach: number): Item {
  return { what, count, usdEach, usd: count * usdEach };
}

export function total(items: readonly Item[]): number {
  return items.reduce((sum, { usd }) => sum + usd, 0);
}

/** What one person receives in a call, in Mbit/s, from the layers that livekit-client sends: 160 k, 450 k, 1.7 M; audio 40 k. */
export const CALLS = [
  { what: "audio only, 4 people", mbps: 0.12 },
  { what: "two people, 720p", mbps: 1.74 },
  { what: "grid of 4 (360p)", mbps: 1.47 },
  { what: "4 people, speaker 720p and thumbnails", mbps: 2.14 },
  { what: "10 people, speaker 720p and 8 thumbnails", mbps: 3.34 },
  { what: "25 people, 5 × 5 (180p)", mbps: 4.3 },
] as const;

/** People on one node at 5 Mbit/s each before its card is at 70 %: 1.876 Gbit/s × 0.7 / 5. */
const PEOPLE_PER_NODE = 250;

/** What 1,000 minutes of one person cost: what is sent to them, and their share of a node. */
export function perThousandMinutes(mbps: number): { gb: number; egressUsd: number; nodeUsd: number } {
  const gb = (mbps * 60 * 1_000) / 8 / 1_000;
  const nodeUsd = (PRICES.c7gXlarge.usd / PEOPLE_PER_NODE / 60) * 1_000;
  return { gb, egressUsd: gb * PRICES.egressGb.usd, nodeUsd };
}
