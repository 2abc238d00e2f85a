import { sum } from "../../scripts/simulation/traffic.ts";
import { expectHears, expectMoving, expectSees, packetsFrom, videoOf } from "../e2e/support/media.ts";
import { meet } from "../e2e/support/meetings.ts";
import { expectHomedAt } from "./support/homes.ts";
import { expect, test } from "./support/simulation.ts";

/** Six seconds of one voice, in packets of 20 ms. */
const A_WHILE = 300;

test("[G16] two participants in one region see and hear each other without a detour through the region where the meeting started", async ({
  regions,
  host,
  away,
}) => {
  const [fay, gus] = [await away("Fay"), await away("Gus")];
  const room = await meet(host, fay, gus);
  await expectHomedAt(room, host.name, regions.near);
  for (const person of [fay, gus]) await expectHomedAt(room, person.name, regions.far);
  for (const other of [fay, gus]) await expectSees(host.page, other.name);
  // The host is muted, so that any media that still crosses is theirs.
  await host.control(/^Turn microphone off/).click();
  await host.control(/^Turn camera off/).click();
  for (const viewer of [fay, gus]) await expect(videoOf(viewer.page, host.name)).toHaveCount(0);

  const crossed = () => {
    const { up, down } = sum(regions.near.nodes.flatMap(({ media }) => [...(media?.peers().values() ?? [])]));
    return up.packets + down.packets;
  };
  const before = { crossed: crossed(), heard: await packetsFrom(gus.page, room.code, "Fay") };
  await expect
    .poll(() => packetsFrom(gus.page, room.code, "Fay"), { timeout: 60_000 })
    .toBeGreaterThan(before.heard + A_WHILE);
  await expectMoving(videoOf(gus.page, "Fay"));
  await expectHears(fay.page, room.code, "Gus");
  // Heartbeats and reports cross, some per second; one voice alone would be as many packets as were received.
  expect(crossed() - before.crossed).toBeLessThan(A_WHILE);
});
