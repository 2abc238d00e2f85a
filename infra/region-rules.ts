import { certificateNames, namesOf } from "./names.ts";
import { type Region, sitesOf } from "./regions.ts";

/** Regions of Upstash's global databases (redisDatabase.d.ts of @upstash/pulumi 0.5.0). */
const WITH_STATE = [
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "eu-central-1",
  "eu-west-1",
  "sa-east-1",
  "ap-southeast-1",
  "ap-southeast-2",
];

/** Regions where SST's Next.js component refuses to run (ssr-site.ts of SST 4.17.1). */
const WITHOUT_APP = [
  "ap-south-2",
  "ap-southeast-4",
  "ap-southeast-5",
  "ca-west-1",
  "eu-south-2",
  "eu-central-2",
  "il-central-1",
  "me-central-1",
];

/** AWS's default quota of names per certificate. */
const MOST_NAMES = 10;

function hasState({ awsRegion }: Region): boolean {
  return WITH_STATE.includes(awsRegion);
}

/** AWS names of the regions with a copy of the state. In other regions the app reads from the primary, which is slower but correct. */
export function copiesOfState([, ...others]: readonly Region[]): string[] {
  return others.filter(hasState).map(({ awsRegion }) => awsRegion);
}

/** @throws Error that lists what the providers do not support, before anything is created. */
export function checkRegions(table: readonly Region[]): void {
  const wrong = [...faultsOfPrimary(table), ...table.flatMap(faultsOf), ...repeated(table)];
  if (wrong.length > 0) throw new Error(`lib/regions/region-table.ts cannot be deployed:\n  ${wrong.join("\n  ")}`);
}

function faultsOfPrimary([primary]: readonly Region[]): string[] {
  if (!primary) return ["there is no region"];
  const { code, awsRegion, isRetiring } = primary;
  return [
    ...(hasState(primary)
      ? []
      : [
          `${code}: Upstash keeps no database in ${awsRegion}; the first region must be one of ${WITH_STATE.join(", ")}`,
        ]),
    ...(isRetiring ? [`${code}: the first region cannot retire, since the app's state is written there`] : []),
  ];
}

function faultsOf(region: Region): string[] {
  const { code, awsRegion } = region;
  const names = certificateNames(namesOf("meet.example.com"), region, sitesOf(region)).length;
  return [
    ...(WITHOUT_APP.includes(awsRegion) ? [`${code}: SST does not run the app in ${awsRegion}`] : []),
    ...(names > MOST_NAMES
      ? [
          `${code}: ${region.sitesPerZone} sites a zone need ${names} names in one certificate, and AWS gives ${MOST_NAMES}`,
        ]
      : []),
    ...(Number.isInteger(region.cidrOctet) && region.cidrOctet >= 0 && region.cidrOctet <= 255
      ? []
      : [`${code}: 10.${region.cidrOctet}.0.0/16 is no network`]),
  ];
}

function repeated(table: readonly Region[]): string[] {
  return (["code", "awsRegion", "cidrOctet"] as const).flatMap((field) => {
    const values = table.map((region) => region[field]);
    return values
      .filter((value, index) => values.indexOf(value) !== index)
      .map((value) => `${field} ${value} is there twice`);
  });
}
