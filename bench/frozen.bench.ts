import { setTimeout as sleep } from "node:timers/promises";
import { identityOf } from "../tests/e2e/support/livekit-admin.ts";
import { expectSees } from "../tests/e2e/support/media.ts";
import { meet } from "../tests/e2e/support/meetings.ts";
import { redis, roomKey } from "../tests/e2e/support/redis.ts";
import { expectHomedAt, homeOf, nodeOf } from "../tests/simulation/support/homes.ts";
import { expect, mend, test } from "../tests/simulation/support/simulation.ts";
import { report } from "./support/results.ts";

const RUNS = Number(process.env.VEET_BENCH_RUNS ?? 5);
/** Between two checks of the leg on which the host publishes, in milliseconds. */
const LOOK_MS = 25;
/** In milliseconds. A host who has not moved by then never will. */
const NEVER_MS = 30_000;

test("a server is frozen: the time until the host publishes on another one", async ({ regions, people, away }) => {
  const taken: number[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    // Same setup as the test of rule G19: one guest on the near site, one in the other region.
    const [host, theo, fay] = [await people.member("Hanna"), await people.guest("Theo"), await away("Fay")];
    for (const person of [host, theo, fay]) person.expectErrors(/./);
    const room = await meet(host, fay, theo);
    await expectSees(fay.page, host.name);
    await expectHomedAt(room, host.name, regions.near);
    const node = await nodeOf(room, host.name, [regions.near]);
    const seat = roomKey(room.code, `seat:${await identityOf(room.code, host.name)}`);
    const { leg } = await homeOf(room, host.name);

    const frozenAtMs = performance.now();
    node.pause();
    const sinceMs = () => performance.now() - frozenAtMs;
    while ((await redis("HGET", seat, "homeLeg")) === leg && sinceMs() < NEVER_MS) await sleep(LOOK_MS);
    taken.push(sinceMs());
    console.log(`run ${run}: ${Math.round(sinceMs())} ms`);

    await Promise.all([host, theo, fay].map((person) => person.context.close()));
    await mend(regions);
  }
  report({ frozen_home_moved_ms: taken }, "ms");
  expect(Math.max(...taken), "each host moved").toBeLessThan(NEVER_MS);
});
