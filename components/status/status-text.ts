import type { SiteStatus } from "#lib/health/health-schema.ts";

export type Sign = "well" | "trouble" | "gone" | "unknown";

/** Which sign goes with a site's or a region's health. */
export const SIGNS: Record<SiteStatus["health"] | "up", Sign> = {
  up: "well",
  well: "well",
  degraded: "trouble",
  down: "gone",
  unknown: "unknown",
};

/** A fraction as whole per cent; a dash when it is unknown. */
export function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${Math.round(share * 100)} %`;
}
