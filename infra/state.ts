import * as upstash from "@upstash/pulumi";
import type { Stage } from "./stage.ts";

/** Rooms, tickets, bans: the truth. Reached by HTTPS from Lambdas and gatekeepers, so that neither needs to be in a network. */
export function createState(stage: Stage) {
  const [primary, ...others] = stage.regions;
  if (!primary) throw new Error("There is no region");
  const database = new upstash.RedisDatabase(
    "State",
    {
      databaseName: `veet-${stage.name}`,
      region: "global",
      primaryRegion: primary.awsRegion,
      readRegions: others.map(({ awsRegion }) => awsRegion),
      tls: true,
      // An evicted ban would let somebody back in: rather an error that is seen.
      eviction: false,
      autoScale: true,
    },
    { protect: stage.isProduction },
  );
  return {
    url: database.endpoint.apply((endpoint) => `https://${endpoint}`),
    token: database.restToken,
  };
}
export type State = ReturnType<typeof createState>;
