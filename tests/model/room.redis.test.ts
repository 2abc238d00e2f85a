import { expect, test } from "vitest";
import { live, sweep } from "./being-inside.ts";
import { tick } from "./clock.ts";
import { enter, wait } from "./entering.ts";
import { decide, forget, moderate, turn } from "./hosting.ts";
import { violations } from "./invariants.ts";
import { readSnapshot } from "./snapshot.ts";
import { type World, createWorld } from "./world.ts";

/** `npm test -- --only model` runs 200,000 steps. A failure names its seed, with which it can be repeated. */
const STEPS = Number(process.env.VEET_MODEL_STEPS ?? 20_000);
const SEED = Number(process.env.VEET_MODEL_SEED ?? 1);
/** Rooms run in parallel, which shares requests to Redis between them. */
const ROOMS = 60;

const WEIGHTS = { enter: 30, wait: 10, live: 30, decide: 8, moderate: 10, turn: 5, sweep: 5, time: 12 };

async function step(world: World): Promise<string[]> {
  const { random } = world;
  switch (random.weighted(WEIGHTS)) {
    case "enter":
      return enter(world);
    case "wait":
      return nothing(wait(world));
    case "live":
      return nothing(live(world));
    case "decide":
      return nothing(decide(world));
    case "moderate":
      return nothing(moderate(world));
    case "turn":
      return nothing(turn(world));
    case "sweep":
      return sweep(world);
    case "time":
      return nothing(passTime(world));
  }
}

/** Sometimes passes so much time that a silent meeting is over. No request takes that long, so earlier reads are dropped then. */
async function passTime(world: World): Promise<void> {
  const { random } = world;
  const isLong = random.chance(0.02);
  world.nowMs += isLong ? 11 * 60_000 : random.below(20_000);
  if (!isLong) return;
  world.reads = [];
  // LiveKit reports that its room is empty.
  if (random.chance(0.5)) await forget(world);
}

const nothing = async (done: Promise<void>): Promise<string[]> => {
  await done;
  return [];
};

/** Runs one room. @returns the first violation, with where it happened. */
async function run(seed: number, steps: number): Promise<{ world: World; found: string[] }> {
  const world = await createWorld(seed);
  for (let at = 0; at < steps; at += 1) {
    const done = await step(world);
    // In one request, in this order.
    const [, snapshot] = await Promise.all([tick(world), readSnapshot(world.code)]);
    const found = [...done, ...violations(world, snapshot)];
    if (found.length > 0) return { world, found: found.map((text) => `seed ${seed}, step ${at}: ${text}`) };
  }
  return { world, found: [] };
}

/** Every event that the run is meant to cover must have happened, or it proves nothing. */
const COMES_UP = [
  "seat: taken",
  "seat: room_full",
  "seat: changed_meanwhile",
  "seat: the oldest of five went",
  "seat: opened the meeting",
  "knock: waits",
  "knock: took a place",
  "knock: lobby_full",
  "renew: held",
  "renew: refused",
  "legs: held",
  "legs: refused",
  "gate: let in",
  "gate: refused",
  "sweep: put out",
  "verdict: admitted",
  "verdict: denied",
  "expel: done",
  "ban: done",
  "unban: done",
  "promote: done",
  "demote: done",
  "lock: done",
  "access: done",
  "end",
  "session: expired",
  "leave",
  "leave: nothing is left",
];

test(
  "[R20] [R21] [R24] [L4] [L7] [L21] [L26] in any order of actions of users, hosts, browsers and LiveKit, also on old answers, no room is over its limit and no one is in a meeting without the right to be",
  {
    timeout: 3_600_000,
  },
  async () => {
    const runs = await Promise.all(Array.from({ length: ROOMS }, (_, at) => run(SEED + at, Math.ceil(STEPS / ROOMS))));
    const counts: Record<string, number> = {};
    for (const { world } of runs)
      for (const [what, count] of Object.entries(world.counts)) counts[what] = (counts[what] ?? 0) + count;
    expect(runs.flatMap(({ found }) => found)).toEqual([]);
    expect(
      COMES_UP.filter((what) => !counts[what]),
      JSON.stringify(counts),
    ).toEqual([]);
    process.stdout.write(`${STEPS} steps, seed ${SEED}: 0 violations\n${JSON.stringify(counts)}\n`);
  },
);
