import { parseArgs } from "node:util";
import { lookAt } from "#lib/health/look-service.ts";
import { drainSite } from "#lib/presence/drain-service.ts";
import { markDrained, mediaSites } from "#lib/regions/site-repository.ts";

// npm run drain -- <site> [--undo]: empties a media site before its servers are stopped, with the app's own environment.
const { positionals, values } = parseArgs({ allowPositionals: true, options: { undo: { type: "boolean" } } });
const [site = ""] = positionals;
const known = mediaSites().map((one) => one.site);
if (positionals.length !== 1 || !known.includes(site)) {
  console.error(`Say which site: npm run drain -- <site> [--undo], with one of ${known.join(", ")}.`);
  process.exit(1);
}

if (values.undo) {
  await markDrained(site, false);
  // A check from while the site was stopped would keep meetings away from it for another minute.
  const { look } = await lookAt(site, Date.now());
  if (look.server !== "ready" || !look.isListed) {
    console.error(`${site} does not answer yet, and takes people again as soon as it does.`);
    process.exit(1);
  }
  console.log(`${site} takes people again.`);
} else {
  const { moved, left, stranded } = await drainSite(site);
  console.log(`${site} takes no one new. Meetings moved: ${moved}; left: ${left}.`);
  if (stranded > 0) {
    console.error(`No other site takes ${stranded} of them: stopping ${site} now would end them.`);
    process.exit(1);
  }
  if (left > 0) console.log("In those someone's tab sleeps. It moves by itself when it wakes.");
}
