import { LOCAL_REGION, REGIONS, type Region } from "./region-table.ts";

export type Coordinates = { latitude: number; longitude: number };

/** What we know about a user's location. All of it can be forged, so it decides placement only, never access. */
export type ClientLocation = {
  /** As the edge reports it, or the location of the server that answers. */
  at: Coordinates | undefined;
  /** Round-trip times in milliseconds that the browser measured, by region. */
  rtts: Readonly<Record<string, number>>;
};

/**
 * Round-trip time for each kilometre of great circle, in milliseconds. Light in fibre takes 0.01; cables make detours. Virginia
 * to Ireland, 5,500 km, takes 76 ms on a good day, which is 0.014.
 */
const MS_PER_KM = 0.016;
/** Half around the earth: a region without a known location comes last. */
const FARTHEST_MS = 320;
const EARTH_RADIUS_KM = 6_371;

/** The round trip to a region in milliseconds: measured, else estimated from the distance. */
export function roundTripMs(region: string, { at, rtts }: ClientLocation): number {
  const measured = Object.hasOwn(rtts, region) ? rtts[region] : undefined;
  if (measured !== undefined) return measured;
  const there = coordinatesOf(region);
  return at && there ? distanceKm(at, there) * MS_PER_KM : FARTHEST_MS;
}

/**
 * A user's location, from the best hint there is.
 *
 * @param geo - From the edge's headers; invalid values are ignored.
 * @param ownAwsRegion - Where the answering server runs: requests are routed to a near one.
 * @param primary - The region that counts as near when nothing is known.
 */
export function clientLocationOf(
  geo: { latitude: string | null; longitude: string | null },
  rtts: ClientLocation["rtts"],
  ownAwsRegion: string | undefined,
  primary: string | undefined,
): ClientLocation {
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
