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

/** Home, on two nodes, and a region at some distance. */
export function twoRegions(roundTripMs = DEFAULT_ROUND_TRIP_MS): readonly SitePlan[] {
  return [
    { site: "local-a", region: "local", nodes: 2, hasRedis: true, roundTripMs: 0 },
    { site: "far-a", region: "far", nodes: 1, hasRedis: true, roundTripMs },
  ];
}
