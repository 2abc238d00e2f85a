import { copiesOfState } from "#infra/region-rules.ts";
import { ZONES, sitesOf } from "#infra/regions.ts";
import type { Stage } from "#infra/stage.ts";
import { PRICES } from "./prices.ts";
import { ALARMS_OF_SCALING, COMMANDS, IDLE_LOG_GB_PER_HOUR, METRICS } from "./rates.ts";

export type Item = { what: string; count: number; usdEach: number; usd: number };
type Counts = { regions: number; sites: number; nodes: number };

function countsOf(stage: Stage): Counts {
  const sites = stage.regions.flatMap((region) => sitesOf(region, stage.zones)).length;
  return { regions: stage.regions.length, sites, nodes: sites * stage.media.minNodes };
}

/** What a stage costs in an hour when nobody meets: everything at its least. One region after the other is the same. */
export function hourlyItems(stage: Stage): Item[] {
  const counts = countsOf(stage);
  return [...machineItems(stage, counts), ...networkItems(counts), ...watchItems(stage, counts), ...stateItems(stage)];
}

function machineItems(stage: Stage, { sites, nodes }: Counts): Item[] {
  const node = stage.isProduction ? PRICES.c7gXlarge.usd : PRICES.t4gSmall.usd;
  const valkey = stage.isProduction ? PRICES.valkeySmall.usd : PRICES.valkeyMicro.usd;
  return [
    item(`media node (${stage.media.instanceType})`, nodes, node),
    item("disk of 30 GB", nodes, 30 * PRICES.volumeGb.usd),
    item("Valkey", sites, valkey),
    item("secret", sites, PRICES.secret.usd),
    item("app and names", 1, PRICES.web.usd),
  ];
}

function networkItems({ regions, nodes }: Counts): Item[] {
  return [
    item("load balancer", 2 * regions, PRICES.balancer.usd),
    item("unit of signalling's balancer", regions, PRICES.applicationUnit.usd),
    item("unit of TURN's balancer", regions, PRICES.networkUnit.usd),
    // One for each node, and each balancer has one in both zones.
    item("public IPv4 address", nodes + 2 * ZONES.length * regions, PRICES.publicAddress.usd),
    item("firewall", regions, PRICES.firewall.usd),
    item("web firewall", 1, PRICES.webFirewall.usd),
  ];
}

function watchItems(stage: Stage, { regions, sites, nodes }: Counts): Item[] {
  // Per site: doors, nodes, processor, memory, clocks, network in and out of scaling, twice Valkey, unreachable, age, and a probe from each region.
  // Per region: signalling's errors, its firewall twice, certificate, the app's errors and throttles, app, state.
  const alarms = sites * (11 + regions) + regions * 8 + 1;
  const detailed = stage.isProduction ? METRICS.perNode * nodes : 0;
  const ours = METRICS.perSiteOfOurs * sites + regions * (METRICS.perProber + METRICS.perLook * sites);
  return [
    item("health check", sites, PRICES.healthCheck.usd),
    item("alarm", alarms, PRICES.alarm.usd),
    item("alarm of scaling", ALARMS_OF_SCALING * sites, PRICES.alarm.usd),
    item("metric of Container Insights", METRICS.perSite * sites, PRICES.metric.usd),
    item("metric of EC2, by the minute", detailed, PRICES.metric.usd),
    item("metric of probers and nodes", ours, PRICES.metric.usd),
    item("log of an idle site", sites, IDLE_LOG_GB_PER_HOUR * PRICES.logGb.usd),
    item("prober", regions, PRICES.probe.usd),
  ];
}

function stateItems(stage: Stage): Item[] {
  const { regions, sites, nodes } = countsOf(stage);
  const perMinute = nodes * COMMANDS.perNodeAndMinute + regions * sites * COMMANDS.perLookAndMinute;
  return [item("1,000 Redis commands", (perMinute * 60 * copiesOf(stage)) / 1_000, PRICES.commands.usd / 100)];
}

/**
 * A write is taken to be charged once for each region that has a copy, and nearly everything here is a script, which is a write. No
 * source says how Upstash counts a script: its own statistics (total_monthly_script_requests) will.
 */
function copiesOf(stage: Stage): number {
  return 1 + copiesOfState(stage.regions).length;
}

/** What the state costs while people meet: an hour of a meeting of three, and how many such hours a month's budget pays. */
export function stateInUse(stage: Stage, budgetUsd: number): { commands: number; usd: number; hoursInBudget: number } {
  const commands = (COMMANDS.perMeetingAndMinute + COMMANDS.perStandbyAndMinute) * 60 * copiesOf(stage);
  const usd = (commands * PRICES.commands.usd) / 100_000;
  return { commands, usd, hoursInBudget: Math.floor(budgetUsd / usd) };
}

function item(what: string, count: number, usdEach: number): Item {
  return { what, count, usdEach, usd: count * usdEach };
}

export function total(items: readonly Item[]): number {
  return items.reduce((sum, { usd }) => sum + usd, 0);
}

/** What a million requests to the app cost, where each goes all the way to the function. */
export const PER_MILLION_REQUESTS = [
  { what: "CloudFront", usd: PRICES.requestCdn.usd },
  { what: "its firewall", usd: PRICES.requestFirewall.usd },
  { what: "signing at the edge", usd: PRICES.requestEdge.usd },
  { what: "the function", usd: PRICES.requestFunction.usd },
] as const;

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
