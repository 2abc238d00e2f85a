import type { Region } from "#lib/regions/region-table.ts";

// The app assigns regions with the same table, and its image does not contain infra/.
export { LOCAL_REGION, REGIONS, type Region } from "#lib/regions/region-table.ts";

/** One of a region's two zones, in our own letters: AWS's letters differ by region and account (zones.ts). A meeting's standby leg is in the other zone. */
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
