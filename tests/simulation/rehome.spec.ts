import { expectHears, expectMoving, expectSees, videoOf } from "../e2e/support/media.ts";
import { openControls, setSwitch } from "../e2e/support/hosting.ts";
import { expectSeeAndHear, makeCohost } from "../e2e/support/meetings.ts";
import { legsOf } from "../e2e/support/redis.ts";
import { expectHomedAt, nodeOf } from "./support/homes.ts";
import { GONE, expectUndisturbed, identitiesOf, meetAcross } from "./support/across.ts";
import { everyNode, expect, test } from "./support/simulation.ts";

test("[G4] [G5] two participants on different home legs see and hear each other", async ({ regions, host, away }) => {
  const farGuest = await away("Fay");
  const room = await meetAcross(regions, host, farGuest);
  expect((await legsOf(room.code)).map(({ site }) => site).toSorted()).toEqual(
    [regions.far.plan.site, regions.near.plan.site].toSorted(),
  );
  await expectSeeAndHear(room, host, farGuest);
});

for (const [what, take] of [
  ["killed", "kill"],
  ["frozen", "pause"],
] as const) {
  test(`[G15] the server of a participant's home leg is ${what}: they are seen again, without a question on any screen`, async ({
    regions,
    host,
    away,
  }) => {
    const farGuest = await away("Fay");
    const room = await meetAcross(regions, host, farGuest);
    await makeCohost(host, room, farGuest.name);
    await openControls(host);
    await setSwitch(host, "Lock meeting", true);
    const before = await identitiesOf(room, host, farGuest);
    for (const person of [host, farGuest]) person.expectErrors(GONE);

    await (await nodeOf(room, host.name, [regions.near]))[take]();

    await expectHomedAt(room, host.name, regions.far);
    await expectSees(farGuest.page, host.name);
    await expectHears(farGuest.page, room.code, host.name);
    await expectSees(host.page, farGuest.name);
    await expectUndisturbed(host, farGuest);
    expect(await identitiesOf(room, host, farGuest)).toEqual(before);
    await expect(host.page.getByRole("switch", { name: "Lock meeting" })).toHaveAttribute("aria-checked", "true");
    await openControls(farGuest);
    await expect(farGuest.page.getByRole("switch", { name: "Lock meeting" })).toHaveAttribute("aria-checked", "true");
  });
}

test("[G15] every server of a region dies: its participants continue in the other region, and those who publish there stay visible", async ({
  regions,
  people,
  host,
  away,
}) => {
  const farGuest = await away("Fay");
  const room = await meetAcross(regions, host, farGuest);
  const third = await people.guest("Theo");
  await third.joinNow(room);
  await expectHomedAt(room, third.name, regions.near);
  await expectSees(third.page, farGuest.name);
  for (const person of [host, farGuest, third]) person.expectErrors(GONE);

  await everyNode(regions.near, (node) => node.kill());

  await expectMoving(videoOf(third.page, farGuest.name));
  for (const person of [host, third]) await expectHomedAt(room, person.name, regions.far);
  for (const viewer of [host, farGuest, third])
    for (const other of [host, farGuest, third]) if (other !== viewer) await expectSees(viewer.page, other.name);
  await expectUndisturbed(host, farGuest, third);
});

test("[G11] every server dies and one region comes back: all participants return automatically, with the same identities", async ({
  regions,
  host,
  away,
}) => {
  const farGuest = await away("Fay");
  const room = await meetAcross(regions, host, farGuest);
  const before = await identitiesOf(room, host, farGuest);
  for (const person of [host, farGuest]) person.expectErrors(GONE);

  await Promise.all([regions.near, regions.far].map((site) => everyNode(site, (node) => node.kill())));
  for (const person of [host, farGuest])
    await expect(person.page.getByText("Connection lost. Reconnecting")).toBeVisible();
  await everyNode(regions.near, (node) => node.start());

  for (const person of [host, farGuest])
    await expect(person.page.getByText("Connection lost. Reconnecting")).toBeHidden({ timeout: 60_000 });
  await expectSeeAndHear(room, host, farGuest);
  await expectUndisturbed(host, farGuest);
  expect(await identitiesOf(room, host, farGuest)).toEqual(before);
});
