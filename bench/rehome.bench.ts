import type { SiteNode } from "../scripts/stack/site-node.ts";
import { identityOf } from "../tests/e2e/support/livekit-admin.ts";
import { meet } from "../tests/e2e/support/meetings.ts";
import { drain } from "../tests/simulation/support/drain.ts";
import { expectHomedAt, nodeOf } from "../tests/simulation/support/homes.ts";
import { expect, mend, test, type Person, type Regions } from "../tests/simulation/support/simulation.ts";
import { framesOf, recordFrames } from "./support/frames.ts";
import { longestGap, longestPause, type Pause } from "./support/pauses.ts";
import { report } from "./support/results.ts";

const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 5);
/** In milliseconds. Video is observed for this long after it is back: a second freeze counts as well. */
const AFTERWARDS_MS = 3_000;

type Fault = {
  strike: (node: SiteNode, regions: Regions) => Promise<unknown>;
  figures: (pauses: Pauses) => Record<string, number[]>;
  mend: (node: SiteNode, regions: Regions) => Promise<unknown>;
};
/** How long one participant's video froze for another: the near participants', and the far one's. */
type Pauses = { ofNearAtFar: Pause[]; ofNearAtNear: Pause[]; ofFarAtNear: Pause[] };
/**
 * Who publishes on the failing server besides the host. One near participant and one far away load a small machine the least: those
 * figures are the product's. With two, the figures also show near participants who see each other through that server.
 */
const BESIDE_HOST: Record<string, readonly string[]> = { "": ["Cho"], _two: [] };
/** About five seconds of frames before the fault, to measure the usual pauses of this machine. */
const FRAMES_BEFORE = 50;
const seenAgainAfter = ({ seenAgainAfterMs }: Pause) => seenAgainAfterMs;
const stoodStillFor = ({ longestMs }: Pause) => longestMs;

const DEATH: Pick<Fault, "figures" | "mend"> = {
  figures: ({ ofNearAtFar, ofNearAtNear, ofFarAtNear }) => ({
    seen_elsewhere: ofNearAtFar.map(seenAgainAfter),
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
  for (const [suffix, names] of Object.entries(BESIDE_HOST)) {
    test(`a server is ${name} under ${1 + names.length}`, async ({ regions, people, away }) => {
      const measured: Record<string, number[]> = {};
      for (let run = 1; run <= RUNS; run += 1) {
        const guests = await Promise.all(names.map((one) => people.guest(one)));
        const near = [await people.member("Ana"), ...guests] as const;
        for (const [figure, values] of Object.entries(await measure(fault, regions, near, await away("Bob"))))
          if (values.length > 0) (measured[`rehome_${name}${suffix}_${figure}_ms`] ??= []).push(...values);
      }
      report(measured, "ms");
    });
  }
}

/** Near participants publish on one server and one participant on the far site; then the server fails. */
async function measure(
  fault: Fault,
  regions: Regions,
  near: readonly [Person, ...Person[]],
  far: Person,
): Promise<Record<string, number[]>> {
  const [host, ...guests] = near;
  const everybody = [...near, far];
  const room = await meet(host, ...guests, far);
  for (const person of near) await expectHomedAt(room, person.name, regions.near);
  await expectHomedAt(room, far.name, regions.far);
  for (const person of everybody) {
    person.expectErrors(/./);
    await recordFrames(person.page);
  }
  const node = await nodeOf(room, host.name, [regions.near]);
  const identities = new Map<Person, string>();
  for (const person of everybody) identities.set(person, await identityOf(room.code, person.name));
  const seen = async (viewer: Person, of: Person) => framesOf(viewer.page, identities.get(of) ?? "");
  await expect
    .poll(async () => (await everyPair(everybody, everybody, seen)).every((frames) => frames.length > FRAMES_BEFORE))
    .toBe(true);
  const undisturbed = await everyPair(near, [far], seen);

  const faultAtMs = Date.now();
  await fault.strike(node, regions);
  const pause = async (viewer: Person, of: Person): Promise<Pause> => {
    const found = longestPause(await seen(viewer, of), faultAtMs);
    if (!found) throw new Error(`${viewer.name} does not see ${of.name} again`);
    return found;
  };
  for (const person of near) await expectHomedAt(room, person.name, regions.far);
  const untilMs = Date.now() + AFTERWARDS_MS;
  const isSeen = (frames: number[]) => (frames.at(-1) ?? 0) > untilMs;
  await expect
    .poll(async () => (await everyPair(everybody, everybody, seen)).every(isSeen), { timeout: 30_000 })
    .toBe(true);

  const figures = fault.figures({
    ofNearAtFar: await everyPair([far], near, pause),
    ofNearAtNear: await everyPair(near, near, pause),
    ofFarAtNear: await everyPair(near, [far], pause),
  });
  await Promise.all(everybody.map((person) => person.context.close()));
  await fault.mend(node, regions);
  return { ...figures, undisturbed_pause: undisturbed.map(longestGap) };
}

function everyPair<T>(
  viewers: readonly Person[],
  seen: readonly Person[],
  ask: (viewer: Person, of: Person) => Promise<T>,
): Promise<T[]> {
  return Promise.all(viewers.flatMap((viewer) => seen.filter((of) => of !== viewer).map((of) => ask(viewer, of))));
}
