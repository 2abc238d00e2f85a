import type { SiteNode } from "../scripts/stack/site-node.ts";
import { identityOf } from "../tests/e2e/support/livekit-admin.ts";
import { meet } from "../tests/e2e/support/meetings.ts";
import { drain } from "../tests/simulation/support/drain.ts";
import { expectHomedAt, nodeOf } from "../tests/simulation/support/homes.ts";
import {
  expect,
  mend,
  test,
  type Away,
  type People,
  type Person,
  type Regions,
} from "../tests/simulation/support/simulation.ts";
import { framesOf, recordFrames } from "./support/frames.ts";
import { longestPause, type Pause } from "./support/pauses.ts";
import { report } from "./support/results.ts";

const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 5);
/** Pictures keep being watched for this long after they are back, in milliseconds: a second standstill counts as well. */
const AFTERWARDS_MS = 3_000;

type Fault = {
  strike: (node: SiteNode, regions: Regions) => Promise<unknown>;
  figures: (pauses: Pauses) => Record<string, number[]>;
  mend: (node: SiteNode, regions: Regions) => Promise<unknown>;
};
/** How the pictures of one person stood still at another: those two who publish near, and the one far away. */
type Pauses = { ofNearAtFar: Pause[]; ofNearAtNear: Pause[]; ofFarAtNear: Pause[] };
const seenAgainAfter = ({ seenAgainAfterMs }: Pause) => seenAgainAfterMs;
const stoodStillFor = ({ longestMs }: Pause) => longestMs;

const DEATH: Pick<Fault, "figures" | "mend"> = {
  figures: ({ ofNearAtFar, ofNearAtNear, ofFarAtNear }) => ({
    seen_by_third: ofNearAtFar.map(seenAgainAfter),
    seen_by_each_other: ofNearAtNear.map(seenAgainAfter),
    elsewhere_pause: ofFarAtNear.map(stoodStillFor),
  }),
  async mend(node, regions) {
    await node.kill();
    await mend(regions);
  },
};
const FAULTS: Record<string, Fault> = {
  killed: { strike: (node) => node.kill(), ...DEATH },
  frozen: { strike: (node) => Promise.resolve(node.pause()), ...DEATH },
  drained: {
    strike: (_, { near }) => drain(near.plan.site),
    figures: ({ ofNearAtFar, ofNearAtNear, ofFarAtNear }) => ({
      pause: [...ofNearAtFar, ...ofNearAtNear].map(stoodStillFor),
      elsewhere_pause: ofFarAtNear.map(stoodStillFor),
    }),
    mend: (_, { near }) => drain(near.plan.site, "--undo"),
  },
};

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`a server is ${name}`, async ({ regions, people, away }) => {
    const measured: Record<string, number[]> = {};
    for (let run = 1; run <= RUNS; run += 1) {
      for (const [figure, values] of Object.entries(await measure(fault, regions, people, away)))
        (measured[`rehome_${name}_${figure}_ms`] ??= []).push(...values);
    }
    report(measured, "ms");
  });
}

/** Two people publish on a server of the near region and a third in the far one; then that server goes. */
async function measure(fault: Fault, regions: Regions, people: People, away: Away): Promise<Record<string, number[]>> {
  const [one, other] = [await people.member("Ana"), await people.guest("Cho")];
  const third = await away("Bob");
  const everybody = [one, other, third];
  const room = await meet(one, other, third);
  for (const person of [one, other]) await expectHomedAt(room, person.name, regions.near);
  await expectHomedAt(room, third.name, regions.far);
  for (const person of everybody) {
    person.expectErrors(/./);
    await recordFrames(person.page);
  }
  const node = await nodeOf(room, one.name, [regions.near]);
  const identities = new Map<Person, string>();
  for (const person of everybody) identities.set(person, await identityOf(room.code, person.name));
  const seen = async (viewer: Person, of: Person) => framesOf(viewer.page, identities.get(of) ?? "");
  await expect.poll(async () => (await everyPair(everybody, seen)).every((frames) => frames.length > 20)).toBe(true);

  const faultAtMs = Date.now();
  await fault.strike(node, regions);
  const pause = async (viewer: Person, of: Person): Promise<Pause> => {
    const found = longestPause(await seen(viewer, of), faultAtMs);
    if (!found) throw new Error(`${viewer.name} does not see ${of.name} again`);
    return found;
  };
  for (const person of [one, other]) await expectHomedAt(room, person.name, regions.far);
  const untilMs = Date.now() + AFTERWARDS_MS;
  const isSeen = (frames: number[]) => (frames.at(-1) ?? 0) > untilMs;
  await expect.poll(async () => (await everyPair(everybody, seen)).every(isSeen), { timeout: 30_000 }).toBe(true);

  const figures = fault.figures({
    ofNearAtFar: [await pause(third, one), await pause(third, other)],
    ofNearAtNear: [await pause(one, other), await pause(other, one)],
    ofFarAtNear: [await pause(one, third), await pause(other, third)],
  });
  await Promise.all(everybody.map((person) => person.context.close()));
  await fault.mend(node, regions);
  return figures;
}

function everyPair<T>(everybody: Person[], ask: (viewer: Person, of: Person) => Promise<T>): Promise<T[]> {
  return Promise.all(
    everybody.flatMap((viewer) => everybody.filter((of) => of !== viewer).map((of) => ask(viewer, of))),
  );
}
