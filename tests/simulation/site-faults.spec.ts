import { expel } from "../e2e/support/hosting.ts";
import { participantsOf } from "../e2e/support/livekit-admin.ts";
import { expectMoving, expectSees, videoOf } from "../e2e/support/media.ts";
import { expectSeeAndHear, meet } from "../e2e/support/meetings.ts";
import { expectHomedAt, nodeOf } from "./support/homes.ts";
import { type Away, type People, type Person, expect, test } from "./support/simulation.ts";

/** Browser log messages about servers that do not answer, or answer differently than before. */
const AWAY = /WebSocket|net::ERR|Failed to load resource|Failed to fetch|blocked by CORS policy/;
/** In milliseconds. Longer than the app waits for any server: lib/livekit/admin-client.ts. */
const LATE_MS = 3_000;
const LOST = "Connection lost. Reconnecting";

test("[G18] a site's directory dies: calls continue, a removed participant is out, and later everything works again", async ({
  regions,
  people,
  host,
  away,
}) => {
  const { room, fay, theo } = await meetOthers(host, people, away);
  await expectHomedAt(room, host.name, regions.near);
  await expectHomedAt(room, theo.name, regions.near);

  regions.near.redis?.process.signal("SIGKILL");
  await regions.near.redis?.process.ended;
  for (const viewer of [fay, theo]) await expectMoving(videoOf(viewer.page, host.name));
  await remove(host, theo);
  for (const { page } of [host, fay]) await expect(videoOf(page, theo.name)).toHaveCount(0);
  await expectMoving(videoOf(fay.page, host.name));
  await expectMoving(videoOf(host.page, fay.name));
  for (const { page } of [host, fay]) await expect(page.getByText(LOST)).toHaveCount(0);

  await regions.near.redis?.startAgain();
  await expectSeeAndHear(room, host, fay);
  await expect.poll(async () => (await participantsOf(room.code)).map(({ name }) => name)).not.toContain(theo.name);
});

test("[G19] a frozen server resumes: every participant is there once, and a removed one is not back", async ({
  regions,
  people,
  host,
  away,
}) => {
  const { room, fay, theo } = await meetOthers(host, people, away);
  await expectHomedAt(room, host.name, regions.near);
  const node = await nodeOf(room, host.name, [regions.near]);

  node.pause();
  await expectHomedAt(room, host.name, regions.far);
  await remove(host, theo);
  node.resume();

  await expectSeeAndHear(room, host, fay);
  await expect
    .poll(async () => new Set((await participantsOf(room.code)).map(({ name }) => name)), { timeout: 30_000 })
    .toEqual(new Set([host.name, fay.name]));
  for (const [one, other] of [
    [host, fay],
    [fay, host],
  ] as const) {
    await expect(one.tile("You")).toHaveCount(1);
    await expect(one.tile(other.name)).toHaveCount(1);
    await expect(one.page.getByText(LOST)).toHaveCount(0);
    const publishing = (await participantsOf(room.code)).filter(
      ({ name, tracks }) => name === one.name && tracks.length > 0,
    );
    expect(publishing).toHaveLength(1);
  }
});

test("[G20] a region takes seconds to answer the app: calls continue, a removed participant is out, and other meetings are not affected", async ({
  regions,
  people,
  host,
  away,
}) => {
  const { room, fay, theo } = await meetOthers(host, people, away);
  await expectHomedAt(room, fay.name, regions.far);
  await expectSeeAndHear(room, host, fay);

  regions.far.slowDown(LATE_MS);
  try {
    await remove(host, fay);
    await expect(videoOf(host.page, fay.name)).toHaveCount(0);
    await expectSeeAndHear(room, host, theo);
    const [una, otto] = [await people.member("Una"), await people.guest("Otto")];
    await expectSeeAndHear(await meet(una, otto), una, otto);
    for (const { page } of [host, theo]) await expect(page.getByText(LOST)).toHaveCount(0);
  } finally {
    regions.far.slowDown(0);
  }
});

/** A host in the near region, with one guest far away and one near. */
async function meetOthers(host: Person, people: People, away: Away) {
  const [fay, theo] = [await away("Fay"), await people.guest("Theo")];
  for (const person of [host, fay, theo]) person.expectErrors(AWAY);
  const room = await meet(host, fay, theo);
  await expectSees(fay.page, host.name);
  return { room, fay, theo };
}

async function remove(host: Person, person: Person): Promise<void> {
  await expel(host, person.name);
  await expect(person.page.getByRole("heading", { name: "You were removed from this meeting" })).toBeVisible();
}
