import { expectSeeAndHear } from "../e2e/support/meetings.ts";
import { GONE, expectUndisturbed, meetAcross } from "./support/across.ts";
import { expectHomedAt } from "./support/homes.ts";
import { everyNode, forgetFailure, test } from "./support/simulation.ts";

// Long enough for several measurements of each leg, one every five seconds; production takes a minute.
test.use({ settings: { NEARER_REGION_SECONDS: "10" } });

test("[N42] [G12] a region that comes back gets its participants back automatically, and no one else moves", async ({
  regions,
  host,
  away,
}) => {
  const farGuest = await away("Fay");
  const room = await meetAcross(regions, host, farGuest);
  for (const person of [host, farGuest]) person.expectErrors(GONE);
  await everyNode(regions.near, (node) => node.kill());
  await expectHomedAt(room, host.name, regions.far);

  await everyNode(regions.near, (node) => node.start());
  await forgetFailure(regions.near);
  // A new leg is created on a heartbeat, which browsers send twice a minute.
  await (await host.api()).post(`/api/rooms/${room.code}/presence`);
  await expectHomedAt(room, host.name, regions.near, { timeout: 120_000 });
  await expectSeeAndHear(room, host, farGuest);
  await expectHomedAt(room, farGuest.name, regions.far);
  await expectUndisturbed(host, farGuest);
});
