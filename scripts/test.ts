import { parseArgs } from "node:util";
import { reportEnd, Stop } from "./stack/stop.ts";
import { add, COUNTS_FILE, type Counts, writeCounts } from "./testing/counts.ts";
import { describeTimes } from "./testing/stage-times.ts";
import { runStage, runStagesTogether } from "./testing/run-stages.ts";
import { STAGES, STAGES_ON_DEMAND, type Stage } from "./testing/stages.ts";

// `npm test -- --only unit,redis` runs some stages; other arguments go to the runner: `npm run test:e2e -- lobby`.
const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });

try {
  const stages = chosenStages(values.only);
  const [only] = stages;
  const isAlone = only !== undefined && stages.length === 1;
  const counts = isAlone ? await runStage(only, positionals) : await runTogether(stages, positionals);
  const file = process.env[COUNTS_FILE];
  if (isAlone && file !== undefined) await writeCounts(file, counts);
  else console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
} catch (error) {
  reportEnd(error);
}

function chosenStages(only: string | undefined): readonly Stage[] {
  if (only === undefined) return STAGES;
  const names = only.split(",");
  const all = [...STAGES, ...STAGES_ON_DEMAND];
  const unknown = names.find((name) => !all.some((stage) => stage.name === name));
  if (unknown !== undefined)
    throw new Stop(`There is no part "${unknown}": choose of ${all.map((stage) => stage.name).join(", ")}.`);
  return all.filter((stage) => names.includes(stage.name));
}

async function runTogether(stages: readonly Stage[], extra: string[]): Promise<Counts> {
  const runs = await runStagesTogether(stages, extra);
  console.log(`\n${describeTimes(runs)}`);
  return runs.map(({ counts }) => counts).reduce(add);
}
