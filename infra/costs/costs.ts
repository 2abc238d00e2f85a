import { copiesOfState } from "#infra/region-rules.ts";
import { ZONES, sitesOf } from "#infra/regions.ts";
import type { Stage } from "#infra/stage.ts";
import { TASK_CPU, TASK_MEMORY_MB } from "#infra/monitoring/containers.ts";
import { PRICES } from "./prices.ts";
import { ALARMS_OF_SCALING, COMMANDS, IDLE_LOG_GB_PER_HOUR, METRICS } from "./rates.ts";

export type Item = { what: string; count: number; usdEach: number; usd: number };
type Counts = { regions: number; sites: number; nodes: number };

function countsOf(stage: Stage): Counts {
  const sites = stage.regions.flatMap((region) => sitesOf(region, stage.zones)).length;
  return { regions: stage.regions.length, sites, nodes: sites * stage.media.minNodes };
}

/** The hourly cost of a stage without meetings, with everything at its minimum. Regions scale linearly. */
export function hourlyItems(stage: Stage): Item[] {
  const counts = countsOf(stage);
  return [
    ...machineItems(stage, counts),
    ...networkItems(stage, counts),
    ...watchItems(stage, counts),
    ...stateItems(stage),
  ];
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

function networkItems(stage: Stage, { regions, nodes }: Counts): Item[] {
  return [
    item("load balancer", 2 * regions, PRICES.balancer.usd),
    item("unit of signalling's balancer", regions, PRICES.applicationUnit.usd),
    item("unit of TURN's balancer", regions, PRICES.networkUnit.usd),
    // One per node, one per balancer in each of the two zones, and one for monitoring.
    item(
      "public IPv4 address",
      nodes + 2 * ZONES.length * regions + Number(stage.isMonitored),
      PRICES.publicAddress.usd,
    ),
    item("firewall", regions, PRICES.firewall.usd),
    item("web firewall", 1, PRICES.webFirewall.usd),
  ];
}

function watchItems(stage: Stage, { regions, sites, nodes }: Counts): Item[] {
  // Per site: gatekeepers, nodes, CPU, memory, clocks, network for scaling in and out, two for Valkey, unreachable, age, and one probe per region.
  // Per region: signalling errors, two for its firewall, certificate, the app's errors and throttles, app, state.
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
    item("monitoring task", Number(stage.isMonitored), monitoringUsd()),
  ];
}

/** Prometheus and Grafana, without their address. */
function monitoringUsd(): number {
  return (TASK_CPU / 1_024) * PRICES.fargateCpu.usd + (TASK_MEMORY_MB / 1_024) * PRICES.fargateGb.usd;
}

function stateItems(stage: Stage): Item[] {
  const { regions, sites, nodes } = countsOf(stage);
  const perMinute = nodes * COMMANDS.perNodeAndMinute + regions * sites * COMMANDS.perLookAndMinute;
  return [item("1,000 Redis commands", (perMinute * 60 * copiesOf(stage)) / 1_000, PRICES.commands.usd / 100)];
}

/**
 * We assume that a write is charged once per region with a copy. Nearly every command here is a script, which counts as a write. No
 * source says how Upstash counts scripts; its statistics (total_monthly_script_requests) will show it.
 */
function copiesOf(stage: Stage): number {
  return 1 + copiesOfState(stage.regions).length;
}

/** What the state costs in use: per hour of a three-person meeting, and how many such hours the monthly budget covers. */
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

/** The cost of a million requests to the app that all reach the function. */
export const PER_MILLION_REQUESTS = [
  { what: "CloudFront", usd: PRICES.requestCdn.usd },
  { what: "its firewall", usd: PRICES.requestFirewall.usd },
  { what: "signing at the edge", usd: PRICES.requestEdge.usd },
  { what: "the function", usd: PRICES.requestFunction.usd },
] as const;

/** What one participant receives in a call, in Mbit/s, from livekit-client's layers: 160 k, 450 k, 1.7 M; audio 40 k. */
export const CALLS = [
  { what: "audio only, 4 people", mbps: 0.12 },
  { what: "two people, 720p", mbps: 1.74 },
  { what: "grid of 4 (360p)", mbps: 1.47 },
  { what: "4 people, speaker 720p and thumbnails", mbps: 2.14 },
  { what: "10 people, speaker 720p and 8 thumbnails", mbps: 3.34 },
  { what: "25 people, 5 × 5 (180p)", mbps: 4.3 },
] as const;

/** Participants per node at 5 Mbit/s each, with the network card at 70 %: 1.876 Gbit/s × 0.7 / 5. */
const PEOPLE_PER_NODE = 250;

/** The cost of 1,000 participant minutes: egress, and the share of a node. */
export function perThousandMinutes(mbps: number): { gb: number; egressUsd: number; nodeUsd: number } {
  const gb = (mbps * 60 * 1_000) / 8 / 1_000;
  const nodeUsd = (PRICES.c7gXlarge.usd / PEOPLE_PER_NODE / 60) * 1_000;
  return { gb, egressUsd: gb * PRICES.egressGb.usd, nodeUsd };
}
