import * as aws from "@pulumi/aws";
import { type Output, all } from "@pulumi/pulumi";
import type { Region, Zone } from "./regions.ts";

/**
 * Chooses a region's two zones among those that offer its machines. Letters are not enough: some regions have no `b`, letters differ
 * between accounts, and one zone of us-east-1 has no Graviton. The first choice stays: subnets ignore later changes.
 */
export function findZones(region: Region, instanceType: string, provider: aws.Provider): Output<Record<Zone, string>> {
  const options = { provider };
  const offering = aws.ec2.getInstanceTypeOfferingsOutput(
    { locationType: "availability-zone", filters: [{ name: "instance-type", values: [instanceType] }] },
    options,
  );
  // Local and Wavelength Zones require an opt-in.
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  const usual = aws.getAvailabilityZonesOutput({ state: "available", filters }, options);
  return all([offering.locations, usual.names]).apply(([offered, names]) =>
    pickZones(
      region,
      instanceType,
      names.filter((name) => offered.includes(name)),
    ),
  );
}

/** @throws Error that says what the region lacks. */
export function pickZones(region: Region, instanceType: string, zones: readonly string[]): Record<Zone, string> {
  const [a, b] = zones.toSorted();
  if (a !== undefined && b !== undefined) return { a, b };
  throw new Error(
    `${region.awsRegion} offers ${instanceType} in ${a === undefined ? "no zone" : `one zone only (${a})`}, and two are needed: choose another instanceType in infra/stage.ts, or another region.`,
  );
}
