/** Where a browser can measure how far a region is away. */
export type ProbeTarget = { region: string; url: string };

/**
 * One address for each region, on its first site. Any answer will do there, a refusal included.
 *
 * @returns nothing where there is no choice to make.
 */
export function probeTargets(sites: readonly { region: string; url: string }[]): ProbeTarget[] {
  const targets = new Map<string, string>();
  for (const { region, url } of sites) {
    if (!targets.has(region)) targets.set(region, new URL("/", url.replace(/^ws/, "http")).href);
  }
  return targets.size < 2 ? [] : [...targets].map(([region, url]) => ({ region, url }));
}
