import { parseArgs } from "node:util";
import { env } from "#lib/env.ts";
import { drainSite } from "#lib/presence/drain-service.ts";
import { markDrained } from "#lib/regions/site-repository.ts";

// npm run drain -- <site> [--undo]: empties a media site before its servers are stopped, with the app's own environment.
const { positionals, values } = parseArgs({ allowPositionals: true, options: { undo: { type: "boolean" } } });
const [site = ""] = positionals;
const known = [...new Set(env().MEDIA_SITES.map((one) => one.site))];
if (positionals.length !== 1 || !known.includes(site)) {
  console.error(`Say which site: npm run drain -- <site> [--undo], with one of ${known.join(", ")}.`);
  process.exit(1);
}

if (values.undo) {
  await markDrained(site, false);
  console.log(`${site} takes people again.`);
} else {
  const { moved, left } = await drainSite(site);
  console.log(`${site} takes nobody new. Meetings moved: ${moved}; left: ${left}.`);
  if (left > 0) console.log("In those somebody sleeps, or there is no other site: run this again, or let them end.");
}
