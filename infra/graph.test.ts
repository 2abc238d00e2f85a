import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readDigests } from "./base-images.ts";
import { hourlyItems } from "./costs/costs.ts";
import { type Region, sitesOf } from "./regions.ts";
import { ROOT } from "../scripts/stack/paths.ts";
import { RUNBOOKS } from "./runbooks.ts";
import { stageOf } from "./stage.ts";
import { ALARM_CHECKS } from "./testing/alarm-checks.ts";
import { DOOR_CHECKS } from "./testing/door-checks.ts";
import { EDGE_CHECKS } from "./testing/edge-checks.ts";
import { FIREWALL_CHECKS } from "./testing/firewall-checks.ts";
import { type Graph, graphOf } from "./testing/graph.ts";
import type { Kind } from "./testing/kinds.ts";
import { all, one, regionIn, sitesIn } from "./testing/look.ts";
import { MONITORING_CHECKS } from "./testing/monitoring-checks.ts";
import { MEDIA_CHECKS } from "./testing/media-checks.ts";
import { NETWORK_CHECKS } from "./testing/network-checks.ts";
import { NODE_CHECKS } from "./testing/node-checks.ts";
import { ORDER_CHECKS } from "./testing/order-checks.ts";
import { WATCH_CHECKS } from "./testing/watch-checks.ts";

const SETTINGS = {
  domain: "meet.example.com",
  zone: "example.com",
  alarmEmail: "operator@example.com",
  monthlyBudgetUsd: 1_000,
  stateBudgetUsd: 200,
  firewall: "block",
  limits: { maxParticipants: 60, maxWaiting: 50, rateLimitFactor: 2, hostsAllowed: "*" },
  permissionsBoundary: "arn:aws:iam::123456789012:policy/github-veet-production-boundary",
} as const;
const DIGESTS = Object.fromEntries(Object.keys(readDigests(ROOT)).map((image) => [image, `sha256:${"0".repeat(64)}`]));
const near = (code: string, awsRegion: string, cidrOctet: number): Region => {
  return { code, awsRegion, cidrOctet, latitude: 0, longitude: 0, sitesPerZone: 1 };
};
const TWO = [near("use1", "us-east-1", 10), near("euw1", "eu-west-1", 20)];
const THREE = [...TWO, near("apse2", "ap-southeast-2", 30)];
const CHECKS = [
  ...NETWORK_CHECKS,
  ...MEDIA_CHECKS,
  ...DOOR_CHECKS,
  ...EDGE_CHECKS,
  ...FIREWALL_CHECKS,
  ...ORDER_CHECKS,
  ...NODE_CHECKS,
  ...ALARM_CHECKS,
  ...WATCH_CHECKS,
  ...MONITORING_CHECKS,
];

let two: Graph;
let three: Graph;
let preview: Graph;
beforeAll(async () => {
  const { createPlatform } = await import("./platform.ts");
  const run = (stage: string, table: readonly Region[]) =>
    graphOf(() => void createPlatform(stage, SETTINGS, table, DIGESTS));
  two = await run("production", TWO);
  three = await run("production", THREE);
  preview = await run("try", THREE);
});

describe.each(CHECKS)("$says", ({ find, plant }) => {
  test("in two regions and in three", () => {
    expect(find(two, ["use1", "euw1"])).toEqual([]);
    expect(find(three, ["use1", "euw1", "apse2"])).toEqual([]);
  });

  test.each(plant.map((mistake, index) => ({ index: index + 1, mistake })))("detects mistake $index", ({ mistake }) => {
    const copy = structuredClone(two);
    mistake(copy);
    expect(find(copy, ["use1", "euw1"])).not.toEqual([]);
  });
});

test("[D24] adding a region takes one entry and changes only the lists that name all regions", () => {
  const names = (graph: Graph) => new Set(graph.map(({ type, name }) => `${type} ${name}`));
  const added = three.filter(({ type, name }) => !names(two).has(`${type} ${name}`));
  expect(two.filter(({ type, name }) => !names(three).has(`${type} ${name}`))).toEqual([]);
  const strangers = added.filter(({ name }) => regionIn(name, ["apse2"]) === undefined && name !== "Proberapse2");
  expect(strangers).toEqual([]);

  const key = ({ type, name }: Graph[number]) => `${type} ${name}`;
  const before = new Map(two.map((one) => [key(one), JSON.stringify(one.inputs)]));
  const changed = three.filter((one) => before.has(key(one)) && before.get(key(one)) !== JSON.stringify(one.inputs));
  expect(changed.map(({ name }) => name).toSorted()).toEqual([
    "Image-gatekeeper",
    "Image-livekit",
    "Monitoring-use1",
    "MonitoringTask-use1",
    "Probereuw1",
    "Proberuse1",
    "State",
    "Web",
  ]);
  const count = (graph: Graph, type: Kind) => all(graph, type).length;
  const grown = [
    "Vpc",
    "LoadBalancer",
    "ReplicationGroup",
    "ecs/service:Service",
    "VpcPeeringConnection",
    "Certificate",
  ] as const;
  expect(Object.fromEntries(grown.map((type) => [type, count(three, type) - count(two, type)]))).toEqual({
    Vpc: 1,
    LoadBalancer: 2,
    ReplicationGroup: 2,
    "ecs/service:Service": 2,
    VpcPeeringConnection: 1,
    Certificate: 1,
  });
});

test("[D23] a preview is one small node in one region, and leaves nothing behind", () => {
  expect(all(preview, "Vpc")).toHaveLength(1);
  expect(all(preview, "ecs/service:Service")).toHaveLength(1);
  expect(one(preview, "LaunchTemplate", "Node-use1a").inputs.instanceType).toBe("t4g.small");
  expect(one(preview, "appautoscaling/target:Target", "Scale-use1a").inputs.maxCapacity).toBe(1);
  expect(all(preview, "s3/bucket:Bucket").every(({ inputs }) => inputs.forceDestroy === true)).toBe(true);
  expect(all(preview, "LoadBalancer").every(({ inputs }) => inputs.enableDeletionProtection === false)).toBe(true);
});

test("[D23] production is protected against removal", () => {
  expect(all(two, "LoadBalancer").every(({ inputs }) => inputs.enableDeletionProtection === true)).toBe(true);
  expect(all(two, "s3/bucket:Bucket").every(({ inputs }) => inputs.forceDestroy === false)).toBe(true);
  expect(
    all(two, "Secret")
      .filter(({ inputs }) => inputs.namePrefix)
      .every(({ inputs }) => inputs.recoveryWindowInDays === 30),
  ).toBe(true);
});

test("[D19] every alarm has a runbook, and every runbook an alarm", () => {
  const page = readFileSync(join(ROOT, "docs", "operations-aws.md"), "utf8");
  const alarms = page.slice(page.indexOf("\n## Alarms"), page.indexOf("\n## The firewall"));
  const written = [...alarms.matchAll(/^### (\S+)$/gm)].map(([, name = ""]) => name);
  expect(written.toSorted()).toEqual(Object.keys(RUNBOOKS).toSorted());
  const used = new Set(all(two, "MetricAlarm").map(({ inputs }) => /#([a-z-]+)$/.exec(inputs.alarmDescription)?.[1]));
  expect(Object.keys(RUNBOOKS).filter((name) => !used.has(name))).toEqual([]);
});

test("[D29] the cost page counts the deployed resources", () => {
  const stage = stageOf("production", SETTINGS.domain, TWO);
  const counted = Object.fromEntries(hourlyItems(stage).map(({ what, count }) => [what.replace(/ \(.*/, ""), count]));
  expect(counted).toMatchObject({
    "media node": sitesIn(two).reduce(
      (sum, site) => sum + one(two, "ecs/service:Service", `Media-${site}`).inputs.desiredCount,
      0,
    ),
    "monitoring task": 1,
    "load balancer": all(two, "LoadBalancer").length,
    Valkey: all(two, "ReplicationGroup").length,
    firewall: all(two, "WebAcl").filter(({ inputs }) => inputs.scope === "REGIONAL").length,
    "web firewall": all(two, "WebAcl").filter(({ inputs }) => inputs.scope === "CLOUDFRONT").length,
    secret: all(two, "secretsmanager/secret:Secret").length,
    "health check": all(two, "HealthCheck").length,
    alarm: all(two, "MetricAlarm").length,
    prober: all(two, "CronV2").length,
    "metric of probers and nodes": all(two, "LogMetricFilter").length + all(two, "CronV2").length * (2 + 2 * 4),
    "metric of Container Insights":
      30 * all(two, "Cluster").filter(({ inputs }) => inputs.settings[0]?.value === "enabled").length,
    "metric of EC2, by the minute":
      7 * all(two, "LaunchTemplate").filter(({ inputs }) => inputs.monitoring?.enabled).length,
  });
});

test("[D153] without monitoring nothing of it exists and nothing scrapes; a preview has it only if asked", async () => {
  const { createPlatform } = await import("./platform.ts");
  const graphWith = (stage: string, monitoring: boolean) =>
    graphOf(() => void createPlatform(stage, { ...SETTINGS, monitoring }, TWO, DIGESTS));
  const [off, on] = [await graphWith("production", false), await graphWith("try", true)];
  const parts = (graph: Graph) => graph.filter(({ name }) => /monitoring|node-metrics/i.test(name));
  expect(parts(off).map(({ name }) => name)).toEqual([]);
  expect(parts(preview).map(({ name }) => name)).toEqual([]);
  expect(parts(on).length).toBeGreaterThan(8);
  // Switching it drains no node.
  const taskOf = (graph: Graph) => one(graph, "TaskDefinition", "Task-use1a").inputs;
  expect(taskOf(off)).toEqual(taskOf(two));
});

test("[D24] several sites in one zone get different names", () => {
  const busy = { ...near("use1", "us-east-1", 10), sitesPerZone: 2 };
  expect(sitesOf(busy).map(({ name }) => name)).toEqual(["use1a", "use1a2", "use1b", "use1b2"]);
});
