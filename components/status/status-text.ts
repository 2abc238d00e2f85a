import type { SiteStatus } from "#lib/health/health-schema.ts";

export type Sign = "well" | "trouble" | "gone" | "unknown";

/** What a site's or a region's health is called, and which sign goes with it. */
export const HEALTH: Record<SiteStatus["health"] | "up", { word: string; sign: Sign }> = {
  up: { word: "Up", sign: "well" },
  well: { word: "Healthy", sign: "well" },
  degraded: { word: "Degraded", sign: "trouble" },
  down: { word: "Down", sign: "gone" },
  unknown: { word: "Unknown", sign: "unknown" },
};

/** What is wrong with a site, and what it means for people. */
export const TROUBLE: Record<NonNullable<SiteStatus["trouble"]>, string> = {
  silent: "Not responding. Participants there use their other legs.",
  lost: "LiveKit lost its Valkey. Calls continue, but no one new can join.",
  "no-api": "Partly responding. Calls continue, but no one new can join.",
  "no-door": "No gatekeeper reports a working node. No one new can join.",
  clocks: "A node's clock is more than 30 s off. Beyond a minute no one can join there.",
  slow: "Takes more than a second to respond. Joining is slow.",
  busy: "All nodes are full. Video may stutter.",
  old: "Not checked for three minutes.",
};

/** A fraction as whole per cent; a dash when it is unknown. */
export function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${Math.round(share * 100)} %`;
}

/** A number with its noun: "1 person", "4 people". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
