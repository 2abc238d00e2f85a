/** A region that media can run in. docs/operations-aws.md explains how to add and remove one. */
export type Region = {
  /** Our own code: in host names, in keys, and shown to users. */
  code: string;
  /** Amazon's name for it. */
  awsRegion: string;
  /** Second octet of its network, 10.<octet>.0.0/16. Never used twice, since networks are peered. */
  cidrOctet: number;
  /** Of the data centres, in degrees. */
  latitude: number;
  longitude: number;
  /** LiveKit clusters in each of the two zones. */
  sitesPerZone: number;
  /** Set for one deployment before the entry is removed: the region takes no new legs, and nothing there is protected any more. */
  isRetiring?: true;
};

/** The first is the primary: the app's state is written there, and the other networks are peered with it. */
export const REGIONS: readonly Region[] = [
  { code: "use1", awsRegion: "us-east-1", cidrOctet: 10, latitude: 38.95, longitude: -77.45, sitesPerZone: 1 },
  { code: "euw1", awsRegion: "eu-west-1", cidrOctet: 20, latitude: 53.35, longitude: -6.26, sitesPerZone: 1 },
];

/** A laptop: one region, always the nearest. */
export const LOCAL_REGION: Region = {
  code: "local",
  awsRegion: "local",
  cidrOctet: 0,
  latitude: 0,
  longitude: 0,
  sitesPerZone: 1,
};
