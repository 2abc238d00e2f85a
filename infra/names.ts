import type { Region, Site, Zone } from "./regions.ts";

/** The host names of one stage. Media has a subdomain of its own, so that one certificate per region covers it. */
export type Names = {
  app: string;
  /** The gatekeeper, to which browsers connect. */
  site: (site: Pick<Site, "name">) => string;
  /** LiveKit's API only, which the app calls. */
  api: (site: Pick<Site, "name">) => string;
  turn: (region: Region) => string;
};

export function namesOf(domain: string): Names {
  return {
    app: domain,
    site: ({ name }) => `${name}.rtc.${domain}`,
    api: ({ name }) => `api-${name}.rtc.${domain}`,
    turn: ({ code }) => `turn-${code}.rtc.${domain}`,
  };
}

/** All names of a region's certificate. AWS's default quota is ten. */
export function certificateNames(names: Names, region: Region, sites: readonly Site[]): string[] {
  return [names.turn(region), ...sites.flatMap((site) => [names.site(site), names.api(site)])];
}

/** @returns the region's network, e.g. 10.10.0.0/16. */
export function cidrOf({ cidrOctet }: Region): string {
  return `10.${cidrOctet}.0.0/16`;
}

/** The monitoring service's network, in the primary region: eleven addresses, the fewest that AWS allows. */
export function monitoringCidr({ cidrOctet }: Region): string {
  return `10.${cidrOctet}.32.0/28`;
}

/** Four networks of 4,094 addresses each: public ones for media nodes, private ones for Valkey. */
export function subnetCidr({ cidrOctet }: Region, kind: "public" | "private", zone: Zone): string {
  const third = { public: { a: 0, b: 16 }, private: { a: 128, b: 144 } }[kind][zone];
  return `10.${cidrOctet}.${third}.0/20`;
}
