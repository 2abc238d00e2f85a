import { expect, test } from "vitest";
import { namesOf } from "./names.ts";
import { type Region, sitesOf } from "./regions.ts";
import { apiKeyOf } from "./keys.ts";
import { ADDED_BYTES, LAMBDA_BYTES, bytesOf, checkSize, webEnvironment, type WebInputs } from "./web-environment.ts";

/** What SST (function.ts, nextjs.ts) and OpenNext add to the environment, with the longest region name. */
const ADDED = {
  SST_RESOURCE_App: JSON.stringify({ name: "veet", stage: "production" }),
  SST_KEY: "k".repeat(44),
  SST_KEY_FILE: "resource.enc",
  CACHE_BUCKET_NAME: "veet-production-webassetsbucket-abcdefgh",
  CACHE_BUCKET_KEY_PREFIX: "_cache",
  CACHE_BUCKET_REGION: "ap-southeast-2",
  REVALIDATION_QUEUE_URL:
    "https://sqs.ap-southeast-2.amazonaws.com/123456789012/veet-production-WebRevalidationEventsQueue-abcdefgh.fifo",
  REVALIDATION_QUEUE_REGION: "ap-southeast-2",
  CACHE_DYNAMO_TABLE: "veet-production-WebRevalidationTableTable-abcdefgh",
};
const secretOf = (length: number) => "x".repeat(length);
/** All optional features on, with values as long as the providers' real ones. */
const SECRETS: WebInputs["secrets"] = {
  nextAuth: secretOf(64),
  identity: secretOf(64),
  googleClientId: secretOf(73),
  googleClientSecret: secretOf(35),
  gitHubClientId: secretOf(20),
  gitHubClientSecret: secretOf(40),
  oidcIssuer: "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0",
  oidcClientId: secretOf(36),
  oidcClientSecret: secretOf(40),
  oidcName: "Example Organisation",
  operators: Array.from({ length: 5 }, () => `a_${secretOf(27)}`).join(","),
  otlpEndpoint: "https://otlp-gateway-prod-eu-west-2.grafana.net/otlp",
  otlpHeaders: `Authorization=Basic ${secretOf(160)}`,
};
/** Three domains and a group, with Entra ID's group format. */
const HOSTS_ALLOWED = "@example.com,@example.org,@department.example.com,group:00000000-0000-0000-0000-000000000000";
const CODES = ["use1", "usw2", "euw1", "euc1", "sae1", "apse2"];

/** Our variables, without the added ones. */
function environmentWith(generations: number, sitesPerZone: number): Record<string, string> {
  const regions = CODES.map((code, index): Region => {
    return { code, awsRegion: code, cidrOctet: index, latitude: 0, longitude: 0, sitesPerZone };
  });
  const sites = regions.flatMap((region) => {
    const [first, ...others] = Array.from({ length: generations }, (_, index) => ({
      apiKey: apiKeyOf(region, index + 1),
      apiSecret: secretOf(48),
    }));
    if (!first) throw new Error("A region needs a key");
    return sitesOf(region).map((site) => ({ site, keys: [first, ...others] as const }));
  });
  return webEnvironment({
    names: namesOf("conference.department.example.com"),
    sites,
    redis: { url: "https://fitting-mongoose-12345.upstash.io", token: secretOf(64) },
    secrets: SECRETS,
    probeSecret: secretOf(48),
    limits: { maxParticipants: 100, maxWaiting: 100, rateLimitFactor: 1, hostsAllowed: HOSTS_ALLOWED },
  });
}

test.each([1, 2])(
  "[D50] the app's environment fits into Lambda's 4 kB with six regions of %i sites per zone during a key rotation",
  (sitesPerZone) => {
    expect(bytesOf({ ...environmentWith(2, sitesPerZone), ...ADDED })).toBeLessThan(LAMBDA_BYTES);
  },
);

test("[D50] an environment that is too large is refused with a readable error before Lambda refuses it", () => {
  expect(bytesOf(ADDED)).toBeLessThanOrEqual(ADDED_BYTES);
  const environment = environmentWith(2, 1);
  expect(checkSize(environment)).toBe(environment);
  const tooLong = { ...environment, OPERATORS: secretOf(2_000) };
  expect(() => checkSize(tooLong)).toThrow(/bytes and Lambda takes 4096: shorten a secret .* or VEET_HOSTS_ALLOWED/);
});

test("[D50] non-ASCII characters count by their bytes", () => {
  expect(bytesOf({ A: "é" })).toBe(3);
});
