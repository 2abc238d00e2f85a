/** Sites are tried one after the other, each for up to two seconds, while somebody waits to enter: no more than this many. */
const MOST_TRIES = 3;

/**
 * The media sites to try for a new meeting, best first: those that work in the order of the configuration.
 *
 * When all failed lately one of them is tried nevertheless: the operator may just have mended it, and refusing without
 * looking would add half a minute to every outage.
 *
 * @param broken - Sites that failed within the last half minute.
 */
export function chooseSites(sites: readonly string[], broken: ReadonlySet<string>): string[] {
  const healthy = sites.filter((site) => !broken.has(site));
  return (healthy.length > 0 ? healthy : sites.slice(0, 1)).slice(0, MOST_TRIES);
}
