import * as upstash from "@upstash/pulumi";
import { copiesOfState } from "./region-rules.ts";
import type { Stage } from "./stage.ts";

/** The database of rooms, tickets and bans. Lambdas and gatekeepers use HTTPS, so neither needs to be in its network. */
export function createState(stage: Stage, budgetUsd: number) {
  const [primary] = stage.regions;
  if (!primary) throw new Error("There is no region");
  const database = new upstash.RedisDatabase(
    "State",
    {
      databaseName: `veet-${stage.name}`,
      region: "global",
      primaryRegion: primary.awsRegion,
      readRegions: copiesOfState(stage.regions),
      tls: true,
      // An evicted ban would let a banned user back in; an error is visible at least.
      eviction: false,
      autoScale: true,
      // Upstash's default of 20 dollars would refuse every command for the rest of the month after about 900 meeting hours.
      budget: budgetUsd,
    },
    { protect: stage.isProduction },
  );
  return {
    url: database.endpoint.apply((endpoint) => `https://${endpoint}`),
    token: database.restToken,
  };
}
export type State = ReturnType<typeof createState>;
