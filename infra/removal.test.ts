import { beforeAll, expect, test } from "vitest";
import { readMediaSites } from "#lib/media-sites.ts";
import { readSettings } from "./settings.ts";
import { REGIONS } from "./regions.ts";
import { type Graph, graphOf } from "./testing/graph.ts";
import { all, one, regionIn, webOf } from "./testing/look.ts";
import { changed } from "./testing/stand-ins.ts";

const SETTINGS = readSettings({
  VEET_DOMAIN: "meet.example.com",
  VEET_ZONE: "example.com",
  VEET_ALARM_EMAIL: "o@example.com",
  VEET_HOSTS_ALLOWED: "*",
});
const DIGESTS = new Proxy({}, { get: () => "sha256:0" });
/** Settings that make AWS refuse a deletion, and resources that SST would leave behind. */
const guards = (graph: Graph, code: string) =>
  [
    ...all(graph, "LoadBalancer").map(({ name, inputs }) => ({ name, isGuarded: inputs.enableDeletionProtection })),
    ...all(graph, "Repository").map(({ name, inputs }) => ({ name, isGuarded: !inputs.forceDelete })),
    ...all(graph, "s3/bucket:Bucket").map(({ name, inputs }) => ({ name, isGuarded: !inputs.forceDestroy })),
    ...[
      ...all(graph, "Vpc"),
      ...all(graph, "Subnet"),
      ...all(graph, "DefaultSecurityGroup"),
      ...all(graph, "s3/bucket:Bucket"),
    ].map(
      // SST retains these in production unless the options say otherwise.
      ({ name, options }) => ({ name: `${name} retained`, isGuarded: options?.isRetained !== false }),
    ),
  ].filter(({ name }) => regionIn(name.replace(" retained", ""), ["use1", "euw1"]) === code);

let before: Graph;
let retiring: Graph;
beforeAll(async () => {
  const { createPlatform } = await import("./platform.ts");
  const [primary, other] = REGIONS;
  if (!primary || !other) throw new Error("There are not two regions");
  const run = (isRetiring: boolean) =>
    graphOf(() => {
      const table = [primary, { ...other, ...(isRetiring && { isRetiring: true as const }) }];
      createPlatform("production", SETTINGS, table, DIGESTS);
    });
  [before, retiring] = [await run(false), await run(true)];
});

test("[D61] production's regions resist deletion, a retiring one does not", () => {
  expect(guards(before, "euw1").length).toBeGreaterThanOrEqual(12);
  expect(guards(before, "euw1").filter(({ isGuarded }) => !isGuarded)).toEqual([]);
  expect(guards(retiring, "euw1").filter(({ isGuarded }) => isGuarded)).toEqual([]);
  expect(guards(retiring, "use1").filter(({ isGuarded }) => !isGuarded)).toEqual([]);
});

test("[D61] the app still knows a retiring region, for its meetings, and knows that it is retiring", () => {
  const sites = readMediaSites(webOf(retiring).inputs.environment.MEDIA_SITES ?? "");
  expect(sites.map(({ site, isRetiring = false }) => `${site} ${isRetiring}`)).toEqual([
    "use1a false",
    "use1b false",
    "euw1a true",
    "euw1b true",
  ]);
});

test("[D61] retiring a region creates and removes nothing and drains no node", () => {
  const names = (graph: Graph) => graph.map(({ type, name }) => `${type} ${name}`).toSorted();
  expect(names(retiring)).toEqual(names(before));
  for (const site of ["euw1a", "euw1b"])
    expect(one(retiring, "TaskDefinition", `Task-${site}`).inputs).toEqual(
      one(before, "TaskDefinition", `Task-${site}`).inputs,
    );
});

test("[D52] removal leaves only the edge function behind, which CloudFront still holds", () => {
  const optionsOf = (name: string) => {
    const options: { retainOnDelete?: boolean } = {};
    changed("aws:lambda/function:Function", {}, name, options);
    return options;
  };
  expect(optionsOf("WebEdgeFunction")).toEqual({ retainOnDelete: true });
  expect(optionsOf("WebServerUseast1Function")).toEqual({});
});
