import * as upstash from "@upstash/pulumi";
import { copiesOfState } from "./region-rules.ts";
import type { Stage } from "./stage.ts";

/** Rooms, tickets, bans: the truth. Reached by HTTPS from Lambdas and gatekeepers, so that neither needs to be in a network. */
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
      // An evicted ban would let somebody back in: rather an error that is seen.
      eviction: false,
      autoScale: true,
      // Upstash's own default of 20 dollars refuses every command for the rest of the month after about 900 hours of meetings.
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
