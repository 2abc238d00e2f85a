import { parseArgs } from "node:util";
import { DEFAULT_ROUND_TRIP_MS } from "../simulation/delay-proxy.ts";
import { ONE_SITE, twoRegions, type SitePlan } from "../simulation/site-plan.ts";
import { Stop } from "./stop.ts";

export type DevFlags = {
  isLan: boolean;
  sites: readonly SitePlan[];
  /** The command as the user typed it, for error messages that show how to run it again. */
  command: string;
};

const OPTIONS = {
  lan: { type: "boolean", default: false },
  regions: { type: "string", default: "1" },
  "round-trip": { type: "string", default: String(DEFAULT_ROUND_TRIP_MS) },
} as const;

/**
 * Reads `npm run dev -- …`.
 *
 * @throws Stop for flags that cannot be combined.
 */
export function readDevFlags(args: string[]): DevFlags {
  const { values } = parseArgs({ args, options: OPTIONS });
  const roundTripMs = Number(values["round-trip"]);
  if (values.regions !== "1" && values.regions !== "2")
    throw new Stop(`--regions ${values.regions} is not possible: choose 1 or 2.`);
  if (!(roundTripMs >= 1 && roundTripMs <= 2_000))
    throw new Stop(`--round-trip ${values["round-trip"]} is not possible: choose 1 to 2000 milliseconds.`);
  const isFar = values.regions === "2";
  if (values.lan && isFar)
    throw new Stop("Two regions run on loopback only, out of a phone's reach: leave out --lan or --regions 2.");
  return {
    isLan: values.lan,
    sites: isFar ? twoRegions(roundTripMs) : ONE_SITE,
    command: ["npm run dev", ...(args.length > 0 ? ["--", ...args] : [])].join(" "),
  };
}
