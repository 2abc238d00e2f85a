import { REGIONS, sitesOf, type Region } from "../../infra/regions.ts";
import { DEFAULT_ROUND_TRIP_MS } from "./delay-proxy.ts";

/** A LiveKit cluster to start on this machine. */
export type SitePlan = {
  site: string;
  region: string;
  nodes: number;
  /** Several nodes need a Redis to find each other; with one of its own a single node is as in production. */
  hasRedis: boolean;
  /** Between everybody on this machine, the app included, and this site, in milliseconds. */
  roundTripMs: number;
};

/** Everything at home: one node, no way to go. */
export const ONE_SITE: readonly SitePlan[] = [
  { site: "local-a", region: "local", nodes: 1, hasRedis: false, roundTripMs: 0 },
];

/**
 * The first two regions of the table, one site each: home, on two nodes, and one at some distance. They bear the names they have in
 * production, so that placement knows where they are.
 */
export function twoRegions(roundTripMs = DEFAULT_ROUND_TRIP_MS): readonly SitePlan[] {
  const [home, far] = REGIONS;
  if (!home || !far) throw new Error("The table of regions has no two");
  return [
    { ...firstSiteOf(home), nodes: 2, hasRedis: true, roundTripMs: 0 },
    { ...firstSiteOf(far), nodes: 1, hasRedis: true, roundTripMs },
  ];
}

function firstSiteOf(region: Region): Pick<SitePlan, "site" | "region"> {
  return { site: sitesOf(region)[0]?.name ?? region.code, region: region.code };
}
