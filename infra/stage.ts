import { type Region, type Zone, ZONES } from "./regions.ts";

/** The only stage whose data and machines outlive `sst remove`. */
const PRODUCTION = "production";

/** The size and settings of a stage. */
export type Stage = {
  name: string;
  isProduction: boolean;
  /** The app's host name; media is on subdomains of it. */
  domain: string;
  zones: readonly Zone[];
  regions: readonly Region[];
  media: MediaSize;
  valkeyNodeType: string;
  logRetentionDays: number;
  /** Whether Prometheus and Grafana run in the primary region. */
  isMonitored: boolean;
};

export type MediaSize = {
  /** Graviton: a fifth cheaper than x86 for the same forwarding. */
  instanceType: string;
  vcpus: number;
  /** The network card's sustained rate, in bytes a second; alarms and limits are fractions of it. */
  baselineBytesPerSecond: number;
  /** LiveKit's hard memory limit, in MiB: below what the machine has, so that the gatekeeper survives. */
  livekitMemoryMb: number;
  /** Nodes per site. */
  minNodes: number;
  /** At peak. There can be twice as many instances, because drained nodes run on beside their successors. */
  maxNodes: number;
};

/** c7g.xlarge: 4 vCPUs, 1.876 Gbit/s baseline, enough for about 250 participants at 5 Mbit/s each. */
const PRODUCTION_MEDIA: MediaSize = {
  instanceType: "c7g.xlarge",
  vcpus: 4,
  baselineBytesPerSecond: 234_500_000,
  // Of 8 GB, the gatekeeper needs 0.5 and the system and ECS about 0.4.
  livekitMemoryMb: 6144,
  minNodes: 1,
  maxNodes: 10,
};
/** t4g.small: 2 vCPUs, 128 Mbit/s baseline: enough for a few people to try a change. */
const PREVIEW_MEDIA: MediaSize = {
  instanceType: "t4g.small",
  vcpus: 2,
  baselineBytesPerSecond: 16_000_000,
  livekitMemoryMb: 1152,
  minNodes: 1,
  maxNodes: 1,
};

/**
 * All settings that depend on the stage's name.
 *
 * @param domain - The production site's; other stages use subdomains of it.
 */
export function stageOf(name: string, domain: string, regions: readonly Region[]): Stage {
  if (name === PRODUCTION) {
    return {
      name,
      isProduction: true,
      domain,
      zones: ZONES,
      regions,
      media: PRODUCTION_MEDIA,
      valkeyNodeType: "cache.t4g.small",
      logRetentionDays: 30,
      isMonitored: true,
    };
  }
  return {
    name,
    isProduction: false,
    domain: `${name}.${domain}`,
    zones: ZONES.slice(0, 1),
    regions: regions.slice(0, 1),
    media: PREVIEW_MEDIA,
    valkeyNodeType: "cache.t4g.micro",
    logRetentionDays: 7,
    isMonitored: false,
  };
}

/** Whether a region's load balancers, registries and logs are protected from deletion: in production, until the region retires. */
export function isKept(stage: Stage, { isRetiring }: Region): boolean {
  return stage.isProduction && !isRetiring;
}

/** SST retains production's networks and buckets when they leave the program. Those of a retiring region are removed with it. */
export function removable({ isRetiring }: Region): { retainOnDelete?: false } {
  return isRetiring ? { retainOnDelete: false } : {};
}

/** SST's settings for keeping resources, which it reads first. */
export function keepingOf(name: string): { removal: "retain" | "remove"; protect: boolean } {
  return name === PRODUCTION ? { removal: "retain", protect: true } : { removal: "remove", protect: false };
}
