import { type Region, type Zone, ZONES } from "./regions.ts";

/** The one stage whose data and machines outlive `sst remove`. */
const PRODUCTION = "production";

/** How much of a stage there is. */
export type Stage = {
  name: string;
  isProduction: boolean;
  /** Where the app is; media is below it. */
  domain: string;
  zones: readonly Zone[];
  regions: readonly Region[];
  media: MediaSize;
  valkeyNodeType: string;
  logRetentionDays: number;
};

export type MediaSize = {
  /** Graviton: a fifth cheaper than x86 for the same forwarding. */
  instanceType: string;
  vcpus: number;
  /** What the network card sustains, in bytes a second; alarms and limits are fractions of it. */
  baselineBytesPerSecond: number;
  /** At which LiveKit's container is ended, in MiB: before the machine has none left, and takes the gatekeeper along. */
  livekitMemoryMb: number;
  /** Nodes of one site. */
  minNodes: number;
  /** At peak. The instances may be twice as many, because drained nodes live on beside their successors. */
  maxNodes: number;
};

/** c7g.xlarge: 4 vCPUs, 1.876 Gbit/s baseline, which about 250 people at 5 Mbit/s each fill. */
const PRODUCTION_MEDIA: MediaSize = {
  instanceType: "c7g.xlarge",
  vcpus: 4,
  baselineBytesPerSecond: 234_500_000,
  // Of 8 GB, 0.5 are the gatekeeper's, some 0.4 the system's and ECS'.
  livekitMemoryMb: 6144,
  minNodes: 1,
  maxNodes: 10,
};
/** t4g.small: 2 vCPUs, 128 Mbit/s baseline: enough for a handful of people to look at a change. */
const PREVIEW_MEDIA: MediaSize = {
  instanceType: "t4g.small",
  vcpus: 2,
  baselineBytesPerSecond: 16_000_000,
  livekitMemoryMb: 1152,
  minNodes: 1,
  maxNodes: 1,
};

/**
 * Everything that depends on the stage's name.
 *
 * @param domain - The production site's; another stage lives below it.
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
  };
}

/** Whether a region's load balancers, registries and logs resist deletion: in production, until the region retires. */
export function isKept(stage: Stage, { isRetiring }: Region): boolean {
  return stage.isProduction && !isRetiring;
}

/** SST keeps production's networks and buckets when they leave the program. Those of a retiring region go with it. */
export function removable({ isRetiring }: Region): { retainOnDelete?: false } {
  return isRetiring ? { retainOnDelete: false } : {};
}

/** What SST is told about keeping things, before anything else is read. */
export function keepingOf(name: string): { removal: "retain" | "remove"; protect: boolean } {
  return name === PRODUCTION ? { removal: "retain", protect: true } : { removal: "remove", protect: false };
}
