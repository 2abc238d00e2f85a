import { expect, test } from "vitest";
import { REGIONS } from "./regions.ts";
import { readSettings } from "./settings.ts";
import { graphOf } from "./testing/graph.ts";
import { all, one } from "./testing/look.ts";

const run = async (mode: string) => {
  const { createPlatform } = await import("./platform.ts");
  const names = {
    VEET_DOMAIN: "meet.example.com",
    VEET_ZONE: "example.com",
    VEET_ALARM_EMAIL: "o@example.com",
    VEET_HOSTS_ALLOWED: "*",
  };
  const settings = readSettings({ ...names, VEET_FIREWALL: mode });
  return graphOf(() => void createPlatform("try", settings, REGIONS, {}));
};

test("[D58] VEET_FIREWALL=count makes both firewalls count requests and block none", async () => {
  const graph = await run("count");
  const rules = all(graph, "WebAcl").flatMap(({ inputs }) => inputs.rules);
  expect(all(graph, "WebAcl").map(({ name }) => name)).toEqual(["Firewall-use1", "Firewall-web"]);
  expect(rules.filter(({ action }) => action?.block)).toEqual([]);
  expect(rules.filter(({ overrideAction }) => overrideAction?.none)).toEqual([]);
});

test("[D58] VEET_FIREWALL=off removes both, with their alarms", async () => {
  const graph = await run("off");
  expect(all(graph, "WebAcl")).toEqual([]);
  expect(all(graph, "MetricAlarm").filter(({ inputs }) => inputs.namespace === "AWS/WAFV2")).toEqual([]);
});

test("[D58] both block by default", async () => {
  const graph = await run("");
  const blocking = (name: string) => one(graph, "WebAcl", name).inputs.rules.filter(({ action }) => action?.block);
  expect(blocking("Firewall-use1")).toHaveLength(1);
  expect(blocking("Firewall-web")).toHaveLength(1);
});
