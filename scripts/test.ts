import { parseArgs } from "node:util";
import { messageOf } from "./redis-rest-bridge.ts";
import { reportEnd, Stop } from "./stack/stop.ts";
import { add, countStep, type Counts } from "./testing/counts.ts";
import { STAGES, STAGES_ON_DEMAND, type Stage } from "./testing/stages.ts";

// `npm test -- --only unit,redis` runs some of it; what follows goes to the runner: `npm run test:e2e -- lobby`.
const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });

try {
  const counts = await runStages(chosenStages(values.only));
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
} catch (error) {
  reportEnd(error);
}

function chosenStages(only: string | undefined): Stage[] {
  if (only === undefined) return STAGES;
  const names = only.split(",");
  const all = [...STAGES, ...STAGES_ON_DEMAND];
  const unknown = names.find((name) => !all.some((stage) => stage.name === name));
  if (unknown !== undefined)
    throw new Stop(`There is no part "${unknown}": choose of ${all.map((stage) => stage.name).join(", ")}.`);
  return all.filter((stage) => names.includes(stage.name));
}

async function runStages(stages: Stage[]): Promise<Counts> {
  const failed = new Set<string>();
  let total: Counts = { passed: 0, failed: 0 };
  for (const stage of stages) {
    console.log(`\n── ${stage.title} ${"─".repeat(Math.max(0, 60 - stage.title.length))}`);
    const counts = await runStage(stage, failed);
    if (counts.failed > 0) failed.add(stage.name);
    console.log(`   ${stage.title}: ${counts.passed} passed, ${counts.failed} failed`);
    total = add(total, counts);
  }
  return total;
}

async function runStage(stage: Stage, failed: Set<string>): Promise<Counts> {
  if (stage.needs && failed.has(stage.needs)) {
    console.log(`   Not run: it needs the ${stage.needs}, which failed.`);
    return countStep(false);
  }
  try {
    return await stage.run(positionals);
  } catch (error) {
    console.error(error instanceof Stop ? error.message : `${stage.title} broke off: ${messageOf(error)}`);
    return countStep(false);
  }
}
