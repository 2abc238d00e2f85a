/** A region that media can run in. Adding one to REGIONS is all it takes to deploy there. */
export type Region = {
  /** Ours: in host names, in keys, and shown to people. */
  code: string;
  /** Amazon's name of it. */
  awsRegion: string;
  /** Second octet of its network, 10.<octet>.0.0/16. Never used twice, since networks are peered. */
  cidrOctet: number;
  /** Of the data centres, in degrees. */
  latitude: number;
  longitude: number;
  /** LiveKit clusters in each of the two zones. */
  sitesPerZone: number;
};

/** The first is the primary: where the app's state is written, and what the other networks are peered with. */
export const REGIONS: readonly Region[] = [
  { code: "use1", awsRegion: "us-east-1", cidrOctet: 10, latitude: 38.95, longitude: -77.45, sitesPerZone: 1 },
  { code: "euw1", awsRegion: "eu-west-1", cidrOctet: 20, latitude: 53.35, longitude: -6.26, sitesPerZone: 1 },
];

/** A laptop: one region, which is always the nearest. */
export const LOCAL_REGION: Region = {
  code: "local",
  awsRegion: "local",
  cidrOctet: 0,
  latitude: 0,
  longitude: 0,
  sitesPerZone: 1,
};

/** An availability zone's letter. Two are enough: a meeting's standby is on the other. */
export type Zone = "a" | "b";
export const ZONES: readonly Zone[] = ["a", "b"];

/** One LiveKit cluster: `use1a`, and `use1a2` where a zone has several. */
export type Site = { name: string; zone: Zone; region: Region };

/** The sites of a region, zone by zone. */
export function sitesOf(region: Region, zones: readonly Zone[] = ZONES): Site[] {
  return zones.flatMap((zone) =>
    Array.from({ length: region.sitesPerZone }, (_, index) => ({
      name: `${region.code}${zone}${index === 0 ? "" : index + 1}`,
      zone,
      region,
    })),
  );
}
