import { afterEach, expect, test } from "vitest";
import { freePort } from "../scripts/stack/ports.ts";
import { combinations, createMetrics } from "./metrics-registry.ts";
import { startMetrics } from "./metrics-server.ts";
import { METRICS, type MetricPlan, count, observe, recordWith, setGauge, timed } from "./metrics.ts";

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
  recordWith(undefined);
});

/** The lines of our own metrics, without those of Node. */
const ours = (text: string) => text.split("\n").filter((line) => line.startsWith("veet_"));

test("[O41] what is counted is served; without a recorder it is discarded", async () => {
  count("veet_knocks_total", { kind: "guest" });
  const metrics = createMetrics("app");
  recordWith(metrics.record);
  count("veet_knocks_total", { kind: "guest" });
  count("veet_knocks_total", { kind: "guest" }, 2);
  observe("veet_verdict_seconds", {}, 4);
  const lines = ours(await metrics.print());
  expect(lines).toContain('veet_knocks_total{kind="guest",process="app"} 3');
  expect(lines).toContain('veet_knocks_total{kind="account",process="app"} 0');
  expect(lines).toContain('veet_verdict_seconds_bucket{le="2",process="app"} 0');
  expect(lines).toContain('veet_verdict_seconds_bucket{le="5",process="app"} 1');
});

test("[O41] work is timed whether it succeeds or fails", async () => {
  const metrics = createMetrics("gatekeeper", { site: "use1a" });
  recordWith(metrics.record);
  await timed("veet_sweep_seconds", {}, () => Promise.resolve());
  await expect(timed("veet_sweep_seconds", {}, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  setGauge("veet_rooms", { kind: "meeting" }, 7);
  const lines = ours(await metrics.print());
  expect(lines).toContain('veet_sweep_seconds_count{process="gatekeeper",site="use1a"} 2');
  expect(lines).toContain('veet_rooms{kind="meeting",process="gatekeeper",site="use1a"} 7');
});

test("[O42] a process has its own metrics only, and each with the listed labels only", async () => {
  for (const process of ["app", "gatekeeper"] as const) {
    const lines = ours(await createMetrics(process).print());
    for (const [name, plan] of Object.entries<MetricPlan>(METRICS)) {
      const found = lines.filter((line) => new RegExp(`^${name}(_count)?\\{`).test(line));
      const expected = plan.of.includes(process) && plan.type !== "gauge" ? combinations(plan.labels).length : 0;
      // A gauge has no value before it was measured.
      if (plan.type !== "gauge" || !plan.of.includes(process))
        expect([process, name, found.length]).toEqual([process, name, expected]);
    }
  }
});

test("[O42] all metrics together are at most 300 series a process, whatever happens", () => {
  const seriesOf = ({ type, labels, buckets }: MetricPlan) =>
    combinations(labels).length * (type === "histogram" ? (buckets?.length ?? 11) + 3 : 1);
  for (const process of ["app", "gatekeeper"] as const) {
    const plans = Object.values<MetricPlan>(METRICS).filter(({ of }) => of.includes(process));
    expect(plans.reduce((sum, plan) => sum + seriesOf(plan), 0)).toBeLessThan(300);
  }
});

test("[O40] the port serves /metrics and the pages it was given, and nothing else", async () => {
  const port = await freePort();
  const pages = {
    "/other": () => Promise.resolve({ contentType: "text/plain", text: "other 1\n" }),
    "/broken": () => Promise.reject(new Error("no")),
  };
  closes.push(await startMetrics({ listen: { host: "127.0.0.1", port }, process: "app", pages }));
  const get = (path: string, method = "GET") => fetch(`http://127.0.0.1:${port}${path}`, { method });
  const answer = await get("/metrics");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  expect(await answer.text()).toMatch(/^veet_entries_total\{outcome="joined",process="app"\} 0$/m);
  expect(await (await get("/other")).text()).toBe("other 1\n");
  const statuses = await Promise.all([get("/"), get("/metrics?x=1"), get("/metrics", "POST"), get("/broken")]);
  expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404, 503]);
}, 30_000);
