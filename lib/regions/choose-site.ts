/**
 * Sites are tried one after the other, up to two seconds each, while a user waits to join. So no more than this many are tried.
 */
const MOST_TRIES = 3;

/**
 * The media sites to try for a new meeting, best first: working sites in the order of the configuration.
 *
 * If all of them failed recently, one is tried anyway: the operator may just have repaired it, and refusing without a check
 * would add half a minute to every outage.
 *
 * @param broken - Sites that failed within the last half minute.
 */
export function chooseSites(sites: readonly string[], broken: ReadonlySet<string>): string[] {
  const healthy = sites.filter((site) => !broken.has(site));
  return (healthy.length > 0 ? healthy : sites.slice(0, 1)).slice(0, MOST_TRIES);
}
