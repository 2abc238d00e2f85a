// `npm run costs`: what each stage costs, from the price table of infra/costs.
import { CALLS, hourlyItems, perThousandMinutes, total } from "#infra/costs/costs.ts";
import { PRICES, PRICES_AS_OF } from "#infra/costs/prices.ts";
import { REGIONS } from "#infra/regions.ts";
import { stageOf } from "#infra/stage.ts";

const HOURS_A_MONTH = 730;
const usd = (amount: number, digits = 3) => `$${amount.toFixed(digits)}`.padStart(9);

console.log(`Prices of ${PRICES_AS_OF}, on demand, us-east-1; other regions ask up to a third more.`);
for (const name of ["production", "preview"]) {
  const stage = stageOf(name, "meet.example.com", REGIONS);
  const items = hourlyItems(stage);
  console.log(`\n${name}: ${stage.regions.map(({ code }) => code).join(", ")}, with nobody in a meeting\n`);
  for (const { what, count, usdEach, usd: sum } of items)
    console.log(`  ${what.padEnd(32)} ${String(count).padStart(4)} × ${usd(usdEach, 4)} ${usd(sum)}`);
  const hour = total(items);
  console.log(`  ${"an hour".padEnd(32)} ${" ".repeat(16)} ${usd(hour)}`);
  console.log(`  ${"a month".padEnd(32)} ${" ".repeat(16)} ${usd(hour * HOURS_A_MONTH, 0)}`);
}

console.log("\n1,000 participant-minutes, sent straight to the internet\n");
for (const { what, mbps } of CALLS) {
  const { gb, egressUsd, nodeUsd } = perThousandMinutes(mbps);
  console.log(
    `  ${what.padEnd(42)} ${gb.toFixed(1).padStart(5)} GB ${usd(egressUsd, 2)} + ${usd(nodeUsd, 2).trim()} of a node`,
  );
}

console.log("\nWhere the prices are from\n");
for (const [name, { usd: amount, per, source }] of Object.entries(PRICES))
  console.log(`  ${name.padEnd(14)} ${usd(amount, 5)} per ${per}: ${source}`);
