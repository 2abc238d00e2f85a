/** Where a browser can measure the round trip to a region. */
export type ProbeTarget = { region: string; url: string };

/**
 * One address for each region, on its first site. Any answer will do there, even a refusal.
 *
 * @returns an empty list when there is no choice to make.
 */
export function probeTargets(sites: readonly { region: string; url: string }[]): ProbeTarget[] {
  const targets = new Map<string, string>();
  for (const { region, url } of sites) {
    if (!targets.has(region)) targets.set(region, new URL("/", url.replace(/^ws/, "http")).href);
  }
  return targets.size < 2 ? [] : [...targets].map(([region, url]) => ({ region, url }));
}
