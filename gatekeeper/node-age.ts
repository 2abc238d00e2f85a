import { uptime } from "node:os";
import { log } from "#lib/log.ts";

const SECONDS_A_DAY = 86_400;

/** Logs how long the machine has run, in days: nodes are patched by being replaced, and an alarm reads this. */
export function logNodeAge(site: string, uptimeSeconds = uptime()): void {
  log("info", "node.age", { site, days: Math.floor(uptimeSeconds / SECONDS_A_DAY) });
}
