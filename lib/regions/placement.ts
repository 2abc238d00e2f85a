import { chooseSites } from "./choose-site.ts";
import { type ClientLocation, roundTripMs } from "./nearness.ts";

/** A media site, with the fields that placement needs. */
export type Site = { site: string; region: string };

/** What is known about the sites at this moment. */
export type SiteStates = {
  /** Failed within the last half minute. */
  broken: ReadonlySet<string>;
  /** Take no one new: the operator is draining them. */
  drained: ReadonlySet<string>;
  /** The load of each site, where it is known. */
  loads: ReadonlyMap<string, number>;
};

/** A session has one leg to run on and one to fall back on. */
export const WISHED_LEGS = 2;
/** All participants connect to every leg, so each leg costs everyone a connection. */
export const MOST_LEGS = 3;
/** From this difference in round-trip time, in milliseconds, a leg in another region is worth its cost: docs/decisions/062. */
export const MUCH_NEARER_MS = 40;
/** Users do not notice smaller differences between round trips, in milliseconds; load decides then. */
const EQUALLY_NEAR_MS = 10;
/** A site that does not report its load comes after those that do. */
const MOST_LOAD = Number.MAX_SAFE_INTEGER;

/**
 * All sites, best first for a user: nearest region first. Within a region by load, or where that is unknown by the session's
 * id, so that meetings spread.
 */
export function orderSites<S extends Site>(
  sites: readonly S[],
  clientLocation: ClientLocation,
  { loads }: Pick<SiteStates, "loads">,
  sessionId: string,
): S[] {
  const regions = [...new Set(sites.map(({ region }) => region))].toSorted(
    (a, b) => roundTripMs(a, clientLocation) - roundTripMs(b, clientLocation),
  );
  const load = ({ site }: S) => loads.get(site) ?? MOST_LOAD;
  const within = (a: S, b: S) => load(a) - load(b) || draw(sessionId, a.site) - draw(sessionId, b.site);
  return regions.flatMap((region) => sites.filter((site) => site.region === region).toSorted(within));
}

/** A number that depends on session and site only (FNV-1a). */
function draw(sessionId: string, site: string): number {
  let hash = 0x811c9dc5;
  for (const letter of sessionId + site) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/**
 * Where to open a new session: the first two right away, as home and standby; the others one after the other if both fail.
 *
 * The standby is in another region if there is one, so that the meeting survives the loss of a region; else on another site.
 *
 * @param ordered - As `orderSites` returns them.
 */
export function planOpening<S extends Site>(ordered: readonly S[], states: SiteStates): S[] {
  const candidates = usableSites(ordered, states);
  const [home, ...others] = candidates;
  if (!home) return [];
  const standby = others.find(({ region }) => region !== home.region) ?? others[0];
  return standby ? [home, standby, ...others.filter((site) => site !== standby)] : [home];
}

/** Sites to try, best first. A drained site is used only if there is no other. */
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
 * Where another leg can be opened, best first: working sites without a leg of the session. Regions without a leg come first.
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
 * A site in a region so much nearer to the user than every living leg that the meeting gets a leg there.
 *
 * @returns undefined when the existing legs are near enough.
 */
export function muchNearerSite<S extends Site>(
  ordered: readonly S[],
  states: SiteStates,
  taken: readonly Site[],
  clientLocation: ClientLocation,
): S | undefined {
  if (taken.length === 0 || taken.length >= MOST_LEGS) return undefined;
  const nearest = Math.min(...taken.map(({ region }) => roundTripMs(region, clientLocation)));
  const [best] = freeSites(ordered, states, taken);
  return best && nearest - roundTripMs(best.region, clientLocation) >= MUCH_NEARER_MS ? best : undefined;
}

/**
 * The living legs that are nearest to a user, or equally near, nearest first. Legs on drained or broken sites only if there is
 * no other.
 */
export function nearestLegs<L extends Site>(
  living: readonly L[],
  { broken, drained }: Pick<SiteStates, "broken" | "drained">,
  clientLocation: ClientLocation,
): L[] {
  const isWell = ({ site }: L) => !broken.has(site) && !drained.has(site);
  const well = living.some(isWell) ? living.filter(isWell) : living;
  const ms = ({ region }: L) => roundTripMs(region, clientLocation);
  const nearest = Math.min(...well.map(ms));
  return well.filter((leg) => ms(leg) - nearest < EQUALLY_NEAR_MS).toSorted((a, b) => ms(a) - ms(b));
}
