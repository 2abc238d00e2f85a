import { REGIONS, sitesOf, type Region } from "../../infra/regions.ts";
import { DEFAULT_ROUND_TRIP_MS } from "./delay-proxy.ts";

/** A LiveKit cluster to start on this machine. */
export type SitePlan = {
  site: string;
  region: string;
  nodes: number;
  /** Several nodes need a Redis to find each other; with one of its own a single node is as in production. */
  hasRedis: boolean;
  /** Where there are two regions: how far they are from each other, and whether the app is in the other one. */
  distance?: { roundTripMs: number; isAway: boolean };
};

/** Everything at home: one node, no way to go. */
export const ONE_SITE: readonly SitePlan[] = [{ site: "local-a", region: "local", nodes: 1, hasRedis: false }];

/** One server of one's own, as compose.yaml has it: two sites of one region, of one node each. */
export const ONE_SERVER: readonly SitePlan[] = ["a", "b"].map((site) => ({
  site,
  region: "local",
  nodes: 1,
  hasRedis: false,
}));

/**
 * The first two regions of the table, one site each: home, on two nodes, and one at some distance. They bear the names they have in
 * production, so that placement knows where they are.
 */
export function twoRegions(roundTripMs = DEFAULT_ROUND_TRIP_MS): readonly SitePlan[] {
  const [home, far] = REGIONS;
  if (!home || !far) throw new Error("The table of regions has no two");
  return [
    { ...firstSiteOf(home), nodes: 2, hasRedis: true, distance: { roundTripMs, isAway: false } },
    { ...firstSiteOf(far), nodes: 1, hasRedis: true, distance: { roundTripMs, isAway: true } },
  ];
}

/** How long the way is from here, where the app is. */
export function roundTripFromHere({ distance }: SitePlan): number {
  return distance?.isAway ? distance.roundTripMs : 0;
}

function firstSiteOf(region: Region): Pick<SitePlan, "site" | "region"> {
  return { site: sitesOf(region)[0]?.name ?? region.code, region: region.code };
}
