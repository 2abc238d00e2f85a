import { REGIONS, sitesOf, type Region } from "../../infra/regions.ts";
import { DEFAULT_ROUND_TRIP_MS } from "./delay-proxy.ts";

/** A LiveKit cluster to start on this machine. */
export type SitePlan = {
  site: string;
  region: string;
  nodes: number;
  /** Several nodes need a Redis to find each other; a single node with one is like production. */
  hasRedis: boolean;
  /** With two regions: the round trip between them, and whether this one is away from the app. */
  distance?: { roundTripMs: number; isAway: boolean };
};

/** One local node. There is no distance to simulate. */
export const ONE_SITE: readonly SitePlan[] = [{ site: "local-a", region: "local", nodes: 1, hasRedis: false }];

/** A self-hosted server as in compose.yaml: two sites of one region, with one node each. */
export const ONE_SERVER: readonly SitePlan[] = ["a", "b"].map((site) => ({
  site,
  region: "local",
  nodes: 1,
  hasRedis: false,
}));

/**
 * The first two regions of the table with one site each: a local one with two nodes, and one at a distance. They have their production
 * names, so that the app knows where they are.
 */
export function twoRegions(roundTripMs = DEFAULT_ROUND_TRIP_MS): readonly SitePlan[] {
  const [home, far] = REGIONS;
  if (!home || !far) throw new Error("The table of regions has no two");
  return [
    { ...firstSiteOf(home), nodes: 2, hasRedis: true, distance: { roundTripMs, isAway: false } },
    { ...firstSiteOf(far), nodes: 1, hasRedis: true, distance: { roundTripMs, isAway: true } },
  ];
}

/** The round trip from the app's region. */
export function roundTripFromHere({ distance }: SitePlan): number {
  return distance?.isAway ? distance.roundTripMs : 0;
}

function firstSiteOf(region: Region): Pick<SitePlan, "site" | "region"> {
  return { site: sitesOf(region)[0]?.name ?? region.code, region: region.code };
}
