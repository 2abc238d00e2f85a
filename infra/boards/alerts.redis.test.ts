import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requirePrometheus } from "../../scripts/provision/prometheus-binary.ts";
import { type Alert, ALERTS, alertRules } from "./alerts.ts";

type Series = Record<string, string>;
/** For each alert: series for which it fires after its delay, the labels it then has, and series for which it stays quiet. */
const CASES: Record<string, { fires: Series; labels: Series; quiet: Series }> = {
  VeetGatekeeperSilent: {
    fires: { 'up{job="gatekeeper",instance="a:1"}': "0x40" },
    labels: { job: "gatekeeper", instance: "a:1" },
    quiet: { 'up{job="gatekeeper",instance="a:1"}': "1x40", 'up{job="other",instance="a:1"}': "0x40" },
  },
  VeetAppSilent: {
    fires: { 'up{job="app",instance="b:1"}': "0x40" },
    labels: { job: "app", instance: "b:1" },
    quiet: { 'up{job="app",instance="b:1"}': "1x40" },
  },
  VeetLiveKitDown: {
    fires: { 'veet_livekit_up{site="use1a",instance="a:1"}': "0x40" },
    labels: { site: "use1a", instance: "a:1" },
    quiet: { 'veet_livekit_up{site="use1a",instance="a:1"}': "1x40" },
  },
  VeetRedisFails: {
    fires: {
      'veet_dependency_failures_total{dependency="redis"}': "0+6x40",
      'veet_dependency_seconds_count{dependency="redis"}': "0+100x40",
    },
    labels: {},
    quiet: {
      'veet_dependency_failures_total{dependency="redis"}': "0+4x40",
      'veet_dependency_failures_total{dependency="livekit"}': "0+90x40",
      'veet_dependency_seconds_count{dependency="redis"}': "0+100x40",
    },
  },
  VeetSweepFails: {
    fires: { 'veet_sweep_failures_total{part="all",site="use1a"}': "0+1x40" },
    labels: { site: "use1a" },
    quiet: {
      'veet_sweep_failures_total{part="all",site="use1a"}': "7x40",
      'veet_sweep_failures_total{part="room",site="use1a"}': "0+1x40",
    },
  },
  VeetSweepSlow: {
    fires: {
      'veet_sweep_seconds_bucket{site="use1a",le="1"}': "0x40",
      'veet_sweep_seconds_bucket{site="use1a",le="5"}': "0+10x40",
      'veet_sweep_seconds_bucket{site="use1a",le="+Inf"}': "0+10x40",
    },
    labels: { site: "use1a" },
    quiet: {
      'veet_sweep_seconds_bucket{site="use1a",le="1"}': "0+30x40",
      'veet_sweep_seconds_bucket{site="use1a",le="5"}': "0+31x40",
      'veet_sweep_seconds_bucket{site="use1a",le="+Inf"}': "0+31x40",
    },
  },
  VeetClocksApart: {
    fires: { 'veet_clock_ahead_seconds{site="use1a",instance="a:1"}': "-31x40" },
    labels: { site: "use1a", instance: "a:1" },
    quiet: { 'veet_clock_ahead_seconds{site="use1a",instance="a:1"}': "29x40" },
  },
  VeetManyEvictions: {
    fires: { 'veet_evictions_total{site="use1a",instance="a:1"}': "0+11x40" },
    labels: { site: "use1a" },
    quiet: { 'veet_evictions_total{site="use1a",instance="a:1"}': "0+9x40" },
  },
  VeetAppFails: {
    fires: { 'veet_answers_total{code="ok"}': "0+90x40", 'veet_answers_total{code="internal"}': "0+6x40" },
    labels: {},
    quiet: { 'veet_answers_total{code="ok"}': "0+100x40", 'veet_answers_total{code="room_full"}': "0+60x40" },
  },
  VeetManyRateLimited: {
    fires: { 'veet_answers_total{code="ok"}': "0+70x40", 'veet_answers_total{code="rate_limited"}': "0+30x40" },
    labels: {},
    quiet: { 'veet_answers_total{code="ok"}': "0+90x40", 'veet_answers_total{code="rate_limited"}': "0+10x40" },
  },
};

let directory: string;
let promtool: string;
beforeAll(async () => {
  ({ promtool } = await requirePrometheus());
  directory = mkdtempSync(join(tmpdir(), "veet-alerts-"));
  writeFileSync(join(directory, "alerts.json"), JSON.stringify(alertRules()));
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Fired = { exp_labels: Series; exp_annotations: { summary: string } };
const firedBy = ({ severity, says }: Alert, labels: Series): Fired => ({
  exp_labels: { severity, ...labels },
  exp_annotations: { summary: says.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, name: string) => labels[name] ?? "") },
});

/** Runs series of one sample per minute through the rules. */
function promtoolTest(tests: { story: Series; alert: string; atMinutes: number; fired: Fired[] }[]) {
  const file = join(directory, "test.json");
  const content = {
    rule_files: ["alerts.json"],
    evaluation_interval: "1m",
    tests: tests.map(({ story, alert, atMinutes, fired }) => ({
      interval: "1m",
      input_series: Object.entries(story).map(([series, values]) => ({ series, values })),
      alert_rule_test: [{ alertname: alert, eval_time: `${atMinutes}m`, exp_alerts: fired }],
    })),
  };
  writeFileSync(file, JSON.stringify(content));
  const { status, stdout, stderr } = spawnSync(promtool, ["test", "rules", file], { encoding: "utf8" });
  return { isFine: status === 0, said: stdout + stderr };
}

test("[O46] every alert has test series", () => {
  expect(Object.keys(CASES).toSorted()).toEqual(ALERTS.map(({ name }) => name).toSorted());
});

test.each(ALERTS)(
  "[O46] $name fires after $minutes minutes and not before, and stays quiet when all is well",
  (alert) => {
    const { fires = {}, labels = {}, quiet = {} } = CASES[alert.name] ?? {};
    const { said } = promtoolTest([
      { story: fires, alert: alert.name, atMinutes: 30, fired: [firedBy(alert, labels)] },
      { story: quiet, alert: alert.name, atMinutes: 30, fired: [] },
      { story: fires, alert: alert.name, atMinutes: alert.minutes - 1, fired: [] },
    ]);
    expect(said).toContain("SUCCESS");
  },
  60_000,
);

test("[O46] a wrong expectation fails", () => {
  const { fires = {} } = CASES.VeetLiveKitDown ?? {};
  expect(promtoolTest([{ story: fires, alert: "VeetLiveKitDown", atMinutes: 30, fired: [] }]).isFine).toBe(false);
}, 60_000);
