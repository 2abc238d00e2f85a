import type { SiteStatus } from "#lib/health/health-schema.ts";

export type Sign = "well" | "trouble" | "gone" | "unknown";

/** What a site's or a region's health is called, and which sign goes with it. */
export const HEALTH: Record<SiteStatus["health"] | "up", { word: string; sign: Sign }> = {
  up: { word: "Up", sign: "well" },
  well: { word: "Well", sign: "well" },
  degraded: { word: "Degraded", sign: "trouble" },
  down: { word: "Down", sign: "gone" },
  unknown: { word: "Unknown", sign: "unknown" },
};

/** What is wrong with a site, and what it means for people. */
export const TROUBLE: Record<NonNullable<SiteStatus["trouble"]>, string> = {
  silent: "It does not answer. People there are on their other legs.",
  lost: "LiveKit lost its Valkey. Calls go on; nobody new gets in.",
  "no-api": "It answers by halves. Calls go on; nobody new gets in.",
  "no-door": "No gatekeeper tells of a working node. Nobody new gets in.",
  clocks: "A node's clock is more than 30 s off. Beyond a minute no one can join there.",
  slow: "It takes more than a second to answer. Joins take long.",
  busy: "Every node is full. Pictures may stutter.",
  old: "Nobody has looked at it for three minutes.",
};

/** A share of 1 as whole per cent; nothing is known of what tells nothing. */
export function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${Math.round(share * 100)} %`;
}

/** A number with its noun: "1 person", "4 people". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
