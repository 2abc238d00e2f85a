import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { parse } from "yaml";
import { startMetrics } from "#lib/metrics-server.ts";
import { startGatekeeper } from "../../scripts/stack/gatekeeper.ts";
import { getLiveKit } from "../../scripts/provision/livekit-binary.ts";
import { startLiveKit } from "../../scripts/stack/livekit.ts";
import { ROOT } from "../../scripts/stack/paths.ts";
import { freePort } from "../../scripts/stack/ports.ts";
import { startProcess, stopAllProcesses, waitUntil } from "../../scripts/stack/process.ts";
import { requirePrometheus } from "../../scripts/provision/prometheus-binary.ts";
// Declares what inject() gives.
import type {} from "../../scripts/testing/redis-setup.ts";
import { ALERTS } from "./alerts.ts";
import { BOARDS } from "./boards.ts";

const KEY = { apiKey: "door", apiSecret: "door-tests-only-door-tests-only-door-tests" };
const QUERIES = BOARDS.flatMap(({ panels }) =>
  panels.flatMap(({ title, queries }) => queries.map(({ expr, legend }) => ({ title, expr, legend }))),
);
/** The alerts' queries without the threshold: an alert whose query matches no series never fires. */
const WATCHED = ALERTS.map(({ name, expr }) => ({ name, expr: expr.replace(/ (==|>) [\d.]+$/, "") }));

let directory: string;
let address: string;
let closeApp: (() => void) | undefined;

/** The Prometheus configuration of compose.yaml with these targets and a shorter scrape interval. */
async function configuration(targets: Record<string, string>): Promise<string> {
  const config = parse(await readFile(join(ROOT, "deploy/metrics/prometheus.yaml"), "utf8"));
  for (const job of config.scrape_configs) {
    for (const some of job.static_configs) {
      // One of the two gatekeepers is enough.
      some.targets = [...new Set(some.targets.map((target: string) => targets[target.replace(/(-[ab])?:.*/, "")]))];
    }
  }
  // The timeout cannot be longer than the interval.
  const often = { scrape_interval: "4s", scrape_timeout: "4s", evaluation_interval: "1s" };
  const rules = [join(ROOT, "deploy/metrics/alerts.yaml")];
  return JSON.stringify({ ...config, global: { ...config.global, ...often }, rule_files: rules });
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "veet-boards-"));
  const [livekitPort, gatekeeperPort, appPort, port] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const where = { region: "local", nodeIp: "127.0.0.1", webhookUrl: "http://127.0.0.1:9/", directory };
  const livekit = await startLiveKit({ binary: await getLiveKit(), metricsPort: livekitPort, ...where, ...KEY });
  await startGatekeeper({
    livekit: { apiUrl: livekit.apiUrl, ...KEY },
    site: "local-a",
    redis: inject("redis"),
    log: join(directory, "gatekeeper.log"),
    metrics: { port: gatekeeperPort, livekitUrl: `http://127.0.0.1:${livekitPort}/metrics` },
  });
  // scripts/app-server.ts starts this beside Next; the end-to-end tests scrape it there.
  closeApp = await startMetrics({ listen: { host: "127.0.0.1", port: appPort }, process: "app" });
  const file = join(directory, "prometheus.yaml");
  await mkdir(join(directory, "data"));
  await writeFile(
    file,
    await configuration({ app: `127.0.0.1:${appPort}`, gatekeeper: `127.0.0.1:${gatekeeperPort}` }),
  );
  address = `http://127.0.0.1:${port}`;
  const prometheus = startProcess({
    name: "Prometheus",
    command: (await requirePrometheus()).prometheus,
    args: [`--config.file=${file}`, `--storage.tsdb.path=${directory}/data`, `--web.listen-address=127.0.0.1:${port}`],
    output: join(directory, "prometheus.log"),
  });
  await waitUntil(prometheus, async () => (await fetch(`${address}/-/ready`)).ok, 60_000);
  // A rate needs two samples, and rooms are counted by the first sweep.
  const isMeasured =
    "count(sum_over_time(up[5m]) >= 2) == 3 and count(veet_people) == 2 and count(veet_clock_ahead_seconds) == 1";
  await vi.waitFor(async () => expect(await ask(isMeasured)).toHaveLength(1), { timeout: 120_000, interval: 500 });
}, 300_000);
afterAll(async () => {
  closeApp?.();
  await stopAllProcesses();
  await rm(directory, { recursive: true, force: true });
});

type Sample = { metric: Record<string, string>; value: [number, string] };
async function ask(query: string): Promise<Sample[]> {
  const answer = await fetch(`${address}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
  const { status, data, error } = (await answer.json()) as {
    status: string;
    data: { result: Sample[] };
    error?: string;
  };
  if (status !== "success") throw new Error(`${query}: ${error}`);
  return data.result;
}

test("[O45] every target of compose.yaml's Prometheus is served by our processes", async () => {
  const up = await ask("up");
  expect(up.map(({ metric, value }) => `${metric.job} ${value[1]}`).toSorted()).toEqual([
    "app 1",
    "gatekeeper 1",
    "livekit 1",
  ]);
});

test.each(QUERIES)("[O45] the board's query finds series: $title, $expr", async ({ expr, legend }) => {
  const found = await ask(expr);
  expect(found).not.toEqual([]);
  // The legend can only use labels that the series have.
  const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name);
  const labels = new Set(found.flatMap(({ metric }) => Object.keys(metric)));
  expect(named.filter((name) => !labels.has(name))).toEqual([]);
});

test.each(WATCHED)("[O46] the alert $name queries series that exist", async ({ expr }) => {
  expect(await ask(expr)).not.toEqual([]);
});

test("[O46] Prometheus accepts all rules, and none fires while everything works", async () => {
  const answer = await fetch(`${address}/api/v1/rules`);
  const { data } = (await answer.json()) as {
    data: { groups: { rules: { name: string; health: string; state: string }[] }[] };
  };
  const rules = data.groups.flatMap((group) => group.rules);
  expect(rules.map(({ name, health }) => [name, health])).toEqual(ALERTS.map(({ name }) => [name, "ok"]));
  expect(rules.filter(({ state }) => state === "firing")).toEqual([]);
});
