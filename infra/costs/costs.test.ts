import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/stack/paths.ts";
import { REGIONS } from "#infra/regions.ts";
import { stageOf } from "#infra/stage.ts";
import { hourlyItems, perThousandMinutes, total } from "./costs.ts";
import { PRICES } from "./prices.ts";

const production = stageOf("production", "meet.example.com", REGIONS);

test("[D29] a region more costs what a region costs", () => {
  const one = total(hourlyItems({ ...production, regions: REGIONS.slice(0, 1) }));
  const two = total(hourlyItems({ ...production, regions: REGIONS.slice(0, 2) }));
  // The app's share is paid once; alarms grow with who watches whom.
  expect(two - one).toBeCloseTo(one - PRICES.web.usd - PRICES.webFirewall.usd, 2);
});

test("[D29] 1,000 minutes at 1.74 Mbit/s are 13 GB", () => {
  const { gb, egressUsd } = perThousandMinutes(1.74);
  expect([gb, egressUsd].map((value) => Number(value.toFixed(2)))).toEqual([13.05, 1.17]);
});

test("[D29] every price has a source", () => {
  expect(Object.values(PRICES).filter(({ usd, source }) => !(usd > 0) || source.length < 10)).toEqual([]);
});

test("[D29] docs/costs.md shows what the script prints", () => {
  const { stdout } = spawnSync(process.execPath, [join(ROOT, "scripts", "costs.ts")], { encoding: "utf8" });
  const shown = /```\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "docs", "costs.md"), "utf8"))?.[1];
  expect(shown).toBe(stdout);
});
