import { expect, test } from "vitest";
import { checkRegions, copiesOfState } from "./region-rules.ts";
import { REGIONS, type Region } from "./regions.ts";
import { pickZones } from "./zones.ts";

const at = (awsRegion: string, change: Partial<Region> = {}): Region => {
  return { code: "test", awsRegion, cidrOctet: 40, latitude: 0, longitude: 0, sitesPerZone: 1, ...change };
};
const withRegion = (region: Region) => () => checkRegions([...REGIONS, region]);

test("[D56] the table of regions can be deployed", () => {
  expect(() => checkRegions(REGIONS)).not.toThrow();
});

test.each([
  ["where SST does not run the app", at("eu-central-2"), /test: SST does not run the app in eu-central-2/],
  ["with a used code", at("eu-north-1", { code: "euw1" }), /code euw1 is there twice/],
  ["with a used network", at("eu-north-1", { cidrOctet: 20 }), /cidrOctet 20 is there twice/],
  ["with no network", at("eu-north-1", { cidrOctet: 256 }), /10\.256\.0\.0\/16 is no network/],
  ["with more sites than a certificate has names", at("eu-north-1", { sitesPerZone: 3 }), /need 13 names/],
])("[D56] a region %s is refused with a readable error", (_, region, message) => {
  expect(withRegion(region)).toThrow(message);
});

test("[D56] the first region must be one that Upstash supports, and cannot retire", () => {
  expect(() => checkRegions([at("ap-northeast-1")])).toThrow(/Upstash keeps no database in ap-northeast-1/);
  expect(() => checkRegions([at("us-east-1", { isRetiring: true })])).toThrow(/the first region cannot retire/);
  expect(() => checkRegions([])).toThrow(/there is no region/);
});

test("[D56] in other regions media runs without a copy of the state", () => {
  expect(withRegion(at("ap-northeast-1"))).not.toThrow();
  expect(copiesOfState([...REGIONS, at("ap-northeast-1"), at("sa-east-1")])).toEqual(["eu-west-1", "sa-east-1"]);
});

test("[D51] zones are the first two that offer the machines, whatever their letters", () => {
  const tokyo = at("ap-northeast-1");
  expect(pickZones(tokyo, "c7g.xlarge", ["ap-northeast-1d", "ap-northeast-1a", "ap-northeast-1c"])).toEqual({
    a: "ap-northeast-1a",
    b: "ap-northeast-1c",
  });
});

test.each([
  [["us-west-1c"], /offers c7g\.xlarge in one zone only \(us-west-1c\), and two are needed/],
  [[], /offers c7g\.xlarge in no zone, and two are needed/],
])("[D51] a region with the machines in %j is refused with a readable error", (zones, message) => {
  expect(() => pickZones(at("us-west-1"), "c7g.xlarge", zones)).toThrow(message);
});
