import type { SiteNode } from "../../scripts/stack/site-node.ts";

/** Sums a metric over LiveKit servers, such as `livekit_packet_total{direction="outgoing"}`. */
export async function figureOf(
  nodes: readonly SiteNode[],
  name: string,
  labels: Record<string, string> = {},
): Promise<number> {
  const texts = await Promise.all(nodes.map(async ({ metricsUrl }) => (await fetch(metricsUrl)).text()));
  return texts.reduce((sum, text) => sum + sumOf(text, name, labels), 0);
}

/** Sums a metric in Prometheus' text format. */
export function sumOf(text: string, name: string, labels: Record<string, string>): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

/** @returns the largest value's share of the total, in percent. */
export function largestShare(figures: readonly number[]): number {
  return (100 * Math.max(...figures)) / figures.reduce((sum, figure) => sum + figure, 0);
}
