import { LOCAL_REGION, REGIONS, type Region } from "./region-table.ts";

export type Coordinates = { latitude: number; longitude: number };

/** What we know of where somebody is. All of it may be forged, so it places people and allows nothing. */
export type Whereabouts = {
  /** As the edge told, or where the server that answers them stands. */
  at: Coordinates | undefined;
  /** Round-trip times in milliseconds that the browser measured, by region. */
  rtts: Readonly<Record<string, number>>;
};

/**
 * What a kilometre of great circle adds to a round trip, in milliseconds. Light in fibre takes 0.01; cables make detours. Virginia
 * to Ireland, 5,500 km, is 76 ms on a good day, which is 0.014.
 */
const MS_PER_KM = 0.016;
/** Half around the earth: a region whose place is not known comes after all others. */
const FARTHEST_MS = 320;
const EARTH_RADIUS_KM = 6_371;

/** The round trip to a region in milliseconds: measured, else guessed by the distance. */
export function roundTripMs(region: string, { at, rtts }: Whereabouts): number {
  const measured = Object.hasOwn(rtts, region) ? rtts[region] : undefined;
  if (measured !== undefined) return measured;
  const there = coordinatesOf(region);
  return at && there ? distanceKm(at, there) * MS_PER_KM : FARTHEST_MS;
}

/**
 * Somebody's whereabouts, from the best hint there is.
 *
 * @param geo - As the edge told in its headers; nonsense is no hint.
 * @param ownAwsRegion - Where the server stands that they reached: requests go to a near one.
 * @param primary - The region that is taken for near when nothing is known.
 */
export function whereaboutsOf(
  geo: { latitude: string | null; longitude: string | null },
  rtts: Whereabouts["rtts"],
  ownAwsRegion: string | undefined,
  primary: string | undefined,
): Whereabouts {
  const own = REGIONS.find(({ awsRegion }) => awsRegion === ownAwsRegion);
  return { at: readCoordinates(geo) ?? own ?? coordinatesOf(primary ?? ""), rtts };
}

export function coordinatesOf(region: string): Region | undefined {
  return [...REGIONS, LOCAL_REGION].find(({ code }) => code === region);
}

/** Along the great circle, by the haversine formula. */
export function distanceKm(from: Coordinates, to: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const cosines = Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude));
  const chord = half(to.latitude - from.latitude) + cosines * half(to.longitude - from.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function readCoordinates(geo: { latitude: string | null; longitude: string | null }): Coordinates | undefined {
  const latitude = readDegrees(geo.latitude, 90);
  const longitude = readDegrees(geo.longitude, 180);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

function readDegrees(text: string | null, most: number): number | undefined {
  if (text === null || !/^-?\d{1,3}(\.\d{1,12})?$/.test(text)) return undefined;
  const degrees = Number(text);
  return Math.abs(degrees) <= most ? degrees : undefined;
}
