import { chooseSites } from "./choose-site.ts";
import { type Whereabouts, roundTripMs } from "./nearness.ts";

/** A media site, as far as placing needs. */
export type Site = { site: string; region: string };

/** What is known of sites at this moment. */
export type SiteStates = {
  /** Failed within the last half minute. */
  broken: ReadonlySet<string>;
  /** Take nobody new: the operator empties them. */
  drained: ReadonlySet<string>;
  /** How much each carries, where that is known. */
  loads: ReadonlyMap<string, number>;
};

/** A session has one leg to live on and one to fall back on. */
export const WISHED_LEGS = 2;
/** Everybody connects to every leg, so each costs everybody a connection. */
export const MOST_LEGS = 3;
/** A leg in another region is worth its cost from here on, in milliseconds of a round trip: docs/decisions/062. */
export const MUCH_NEARER_MS = 40;
/** Round trips that differ by less are the same to a person; then load decides. */
const EQUALLY_NEAR_MS = 10;
/** A site that tells nothing of its load comes after those that do. */
const MOST_LOAD = Number.MAX_SAFE_INTEGER;

/**
 * All sites, best first for somebody: by region as near as can be; within a region by load, and where that is not known by the
 * session's id, so that meetings spread.
 */
export function orderSites<S extends Site>(
  sites: readonly S[],
  whereabouts: Whereabouts,
  { loads }: Pick<SiteStates, "loads">,
  sessionId: string,
): S[] {
  const regions = [...new Set(sites.map(({ region }) => region))].toSorted(
    (a, b) => roundTripMs(a, whereabouts) - roundTripMs(b, whereabouts),
  );
  const load = ({ site }: S) => loads.get(site) ?? MOST_LOAD;
  const within = (a: S, b: S) => load(a) - load(b) || draw(sessionId, a.site) - draw(sessionId, b.site);
  return regions.flatMap((region) => sites.filter((site) => site.region === region).toSorted(within));
}

/** A number that only session and site decide (FNV-1a). */
function draw(sessionId: string, site: string): number {
  let hash = 0x811c9dc5;
  for (const letter of sessionId + site) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/**
 * Where a new session is to be opened: the first two at once, as home and standby, the others one after the other should both fail.
 *
 * The standby is in another region where there is one, so that a region's fall is survived, else on another site.
 *
 * @param ordered - As `orderSites` gives them.
 */
export function planOpening<S extends Site>(ordered: readonly S[], states: SiteStates): S[] {
  const candidates = usableSites(ordered, states);
  const [home, ...others] = candidates;
  if (!home) return [];
  const standby = others.find(({ region }) => region !== home.region) ?? others[0];
  return standby ? [home, standby, ...others.filter((site) => site !== standby)] : [home];
}

/** Sites to try, best first. A drained one takes nobody, unless there is no other. */
export function usableSites<S extends Site>(ordered: readonly S[], { broken, drained }: SiteStates): S[] {
  const open = ordered.filter(({ site }) => !drained.has(site));
  const from = open.length > 0 ? open : ordered;
  const names = chooseSites(
    from.map(({ site }) => site),
    broken,
  );
  return names.flatMap((name) => from.find(({ site }) => site === name) ?? []);
}

/**
 * Where another leg may be opened, best first: sites that work and have none of the session's. Regions without a leg come first.
 *
 * @param taken - Sites of the living legs.
 */
export function planStandby<S extends Site>(ordered: readonly S[], states: SiteStates, taken: readonly Site[]): S[] {
  const free = freeSites(ordered, states, taken);
  const isElsewhere = ({ region }: Site) => taken.every((other) => other.region !== region);
  return [...free.filter(isElsewhere), ...free.filter((site) => !isElsewhere(site))];
}

function freeSites<S extends Site>(
  ordered: readonly S[],
  { broken, drained }: SiteStates,
  taken: readonly Site[],
): S[] {
  const isTaken = ({ site }: Site) => taken.some((other) => other.site === site);
  return ordered.filter((site) => !isTaken(site) && !broken.has(site.site) && !drained.has(site.site));
}

/**
 * The site of a region so much nearer to somebody than every living leg that the meeting gets a leg there.
 *
 * @returns undefined when the legs there are do.
 */
export function muchNearerSite<S extends Site>(
  ordered: readonly S[],
  states: SiteStates,
  taken: readonly Site[],
  whereabouts: Whereabouts,
): S | undefined {
  if (taken.length === 0 || taken.length >= MOST_LEGS) return undefined;
  const nearest = Math.min(...taken.map(({ region }) => roundTripMs(region, whereabouts)));
  const [best] = freeSites(ordered, states, taken);
  return best && nearest - roundTripMs(best.region, whereabouts) >= MUCH_NEARER_MS ? best : undefined;
}

/** The living legs that are as near as any to somebody, nearest first. Legs on sites that are drained or broken only where there is no other. */
export function nearestLegs<L extends Site>(
  living: readonly L[],
  { broken, drained }: Pick<SiteStates, "broken" | "drained">,
  whereabouts: Whereabouts,
): L[] {
  const isWell = ({ site }: L) => !broken.has(site) && !drained.has(site);
  const well = living.some(isWell) ? living.filter(isWell) : living;
  const ms = ({ region }: L) => roundTripMs(region, whereabouts);
  const nearest = Math.min(...well.map(ms));
  return well.filter((leg) => ms(leg) - nearest < EQUALLY_NEAR_MS).toSorted((a, b) => ms(a) - ms(b));
}
