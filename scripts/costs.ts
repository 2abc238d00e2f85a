// `npm run costs`: the cost of each stage, from the price table of infra/costs.
import { CALLS, PER_MILLION_REQUESTS, hourlyItems, perThousandMinutes, stateInUse, total } from "#infra/costs/costs.ts";
import { PRICES, PRICES_AS_OF, type Price } from "#infra/costs/prices.ts";
import { REGIONS } from "#infra/regions.ts";
import { DEFAULT_STATE_BUDGET_USD } from "#infra/settings.ts";
import { type Stage, stageOf } from "#infra/stage.ts";

const HOURS_A_MONTH = 730;
const usd = (amount: number, digits = 3) => `$${amount.toFixed(digits)}`.padStart(9);
const number = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });

function printStage(name: string): Stage {
  const stage = stageOf(name, "meet.example.com", REGIONS);
  const items = hourlyItems(stage).filter(({ count }) => count > 0);
  console.log(`\n${name}: ${stage.regions.map(({ code }) => code).join(", ")}, with no one in a meeting\n`);
  for (const { what, count, usdEach, usd: sum } of items)
    console.log(`  ${what.padEnd(32)} ${number(count).padStart(4)} × ${usd(usdEach, 4)} ${usd(sum)}`);
  const hour = total(items);
  console.log(`  ${"an hour".padEnd(32)} ${" ".repeat(16)} ${usd(hour)}`);
  console.log(`  ${"a month".padEnd(32)} ${" ".repeat(16)} ${usd(hour * HOURS_A_MONTH, 0)}`);
  return stage;
}

console.log(`Prices gathered on ${PRICES_AS_OF}, on demand, us-east-1; other regions ask up to a third more.`);
const production = printStage("production");
printStage("preview");

console.log("\n1,000 participant-minutes, sent straight to the internet\n");
for (const { what, mbps } of CALLS) {
  const { gb, egressUsd, nodeUsd } = perThousandMinutes(mbps);
  console.log(
    `  ${what.padEnd(42)} ${gb.toFixed(1).padStart(5)} GB ${usd(egressUsd, 2)} + ${usd(nodeUsd, 2).trim()} of a node`,
  );
}

const { commands, usd: each, hoursInBudget } = stateInUse(production, DEFAULT_STATE_BUDGET_USD);
console.log("\nRedis commands at Upstash, in production\n");
console.log(`  an hour of a meeting of three: ${number(commands)} commands, ${usd(each, 3).trim()}`);
console.log(`  a budget of $${DEFAULT_STATE_BUDGET_USD} a month: ${number(hoursInBudget)} such hours`);

console.log("\nA million requests to the app\n");
for (const { what, usd: amount } of PER_MILLION_REQUESTS) console.log(`  ${what.padEnd(32)} ${usd(amount, 2)}`);

console.log("\nWhere the prices are from, and of when\n");
for (const [name, { usd: amount, per, source, asOf = "no date" }] of Object.entries<Price>(PRICES))
  console.log(`  ${name.padEnd(16)} ${usd(amount, 5)} per ${per.padEnd(13)} ${asOf.padEnd(10)} ${source}`);
