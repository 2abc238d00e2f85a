import { expect, test } from "vitest";
import { type Plan, nextToStart } from "./schedule.ts";

const types: Plan = { name: "types", cores: 1 };
const build: Plan = { name: "build", cores: 2 };
const programs: Plan = { name: "programs", cores: 0.5 };
const e2e: Plan = { name: "e2e", cores: 1.5, needs: ["build", "programs"] };

test.each<[string, Plan[], Plan[], number, string | undefined]>([
  ["nothing runs: the first", [types, build], [], 2, "types"],
  ["a core is free, and the second one fits", [programs], [types], 2, "programs"],
  ["there are not enough cores for the first, but for a later one", [build, programs], [types], 2, "programs"],
  ["there are not enough cores for any", [build], [types], 2, undefined],
  ["one that needs more cores than there are runs alone", [build], [], 1, "build"],
  ["a stage that it needs is waiting", [e2e, build], [], 4, "build"],
  ["a stage that it needs is running", [e2e], [build], 4, undefined],
  ["a stage that it needs has ended", [e2e], [types], 4, "e2e"],
  ["all run", [], [types], 4, undefined],
])("%s", (_, waiting, running, cores, started) => {
  expect(nextToStart({ waiting, running, cores })?.name).toBe(started);
});
