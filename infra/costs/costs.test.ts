import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/stack/paths.ts";
import { REGIONS } from "#infra/regions.ts";
import { DEFAULT_STATE_BUDGET_USD } from "#infra/settings.ts";
import { stageOf } from "#infra/stage.ts";
import { hourlyItems, perThousandMinutes, stateInUse, total } from "./costs.ts";
import { PRICES, PRICES_AS_OF, type Price } from "./prices.ts";
import { COMMANDS } from "./rates.ts";

const production = stageOf("production", "meet.example.com", REGIONS);

test("[D29] every additional region costs the same", () => {
  const [first, ...others] = REGIONS;
  if (!first) throw new Error("There is no region");
  const regions = [first, ...others, { ...first, code: "apse2", awsRegion: "ap-southeast-2" }];
  const costs = [1, 2, 3].map((count) => total(hourlyItems({ ...production, regions: regions.slice(0, count) })));
  const [one = 0, two = 0, three = 0] = costs;
  // The app and monitoring are paid for once. Each region probes all sites and has a copy of the state, so each additional region costs a few cents more.
  const monitoring = PRICES.fargateCpu.usd / 2 + PRICES.fargateGb.usd + PRICES.publicAddress.usd;
  const once = PRICES.web.usd + PRICES.webFirewall.usd + monitoring;
  expect(two - one).toBeGreaterThan(one - once);
  expect(two - one).toBeLessThan((one - once) * 1.05);
  expect(three - two).toBeLessThan((two - one) * 1.05);
});

test("[H54] a meeting of three on two legs costs at most 20 commands a minute, including its nodes, and an idle node one", () => {
  const { perNodeAndMinute, perMeetingAndMinute, perStandbyAndMinute } = COMMANDS;
  expect(perMeetingAndMinute + perStandbyAndMinute + 2 * perNodeAndMinute).toBeLessThanOrEqual(20);
  expect(perNodeAndMinute).toBeLessThanOrEqual(1);
});

test("[D71] Redis costs follow the measured command rates, idle and per meeting hour", () => {
  const state = hourlyItems(production).find(({ what }) => what === "1,000 Redis commands");
  // 4 nodes × 1, and 2 probers × 4 sites × 2; each write is copied to two regions.
  expect(state?.count).toBeCloseTo((20 * 60 * 2) / 1_000, 5);
  expect(stateInUse(production, 200)).toEqual({ commands: 1_920, usd: 0.00384, hoursInBudget: 52_083 });
});

test("[D71] the operator's page names the meeting hours that the default budget covers", () => {
  const hours = Math.round(stateInUse(production, DEFAULT_STATE_BUDGET_USD).hoursInBudget / 1_000);
  const page = readFileSync(join(ROOT, "docs", "operations-aws.md"), "utf8");
  expect(page).toContain(`about ${hours},000 hours of meetings of three`);
});

test("[D29] 1,000 minutes at 1.74 Mbit/s are 13 GB", () => {
  const { gb, egressUsd } = perThousandMinutes(1.74);
  expect([gb, egressUsd].map((value) => Number(value.toFixed(2)))).toEqual([13.05, 1.17]);
});

test("[D29] every price has a source, and a date or a note that there is none", () => {
  const prices = Object.entries<Price>(PRICES);
  expect(prices.filter(([, { usd, source }]) => !(usd > 0) || source.length < 10)).toEqual([]);
  const isDated = ({ asOf = "" }: Price) => /^20\d\d(-\d\d){0,2}$/.test(asOf) && asOf <= PRICES_AS_OF;
  const saysSo = ({ source }: Price) => /undated|from memory|an estimate/.test(source);
  expect(prices.filter(([, price]) => isDated(price) === saysSo(price)).map(([name]) => name)).toEqual([]);
});

test("[D29] docs/costs.md matches the script's output", () => {
  const { stdout } = spawnSync(process.execPath, [join(ROOT, "scripts", "costs.ts")], { encoding: "utf8" });
  const shown = /```\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs", "costs.md"), "utf8"))?.[1];
  expect(shown).toBe(stdout);
});
