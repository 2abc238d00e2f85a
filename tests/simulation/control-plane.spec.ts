import { expectMoving, videoOf } from "../e2e/support/media.ts";
import { expectSeeAndHear, meet } from "../e2e/support/meetings.ts";
import { legsOf, redis } from "../e2e/support/redis.ts";
import { readStack } from "../e2e/support/stack.ts";
import { drain } from "./support/drain.ts";
import { expectHomedAt } from "./support/homes.ts";
import { expect, test } from "./support/simulation.ts";

const LOST = "Connection lost. Reconnecting";

test("[G9] an operator drains a site: all participants continue on another one, without a question or a notice", async ({
  regions,
  host,
  away,
}) => {
  const fay = await away("Fay");
  const room = await meet(host, fay);
  await expectHomedAt(room, host.name, regions.near);
  await expectSeeAndHear(room, host, fay);

  const said = await drain(regions.near.plan.site);
  expect(said).toContain("Meetings moved: 1; left: 0");
  await expectHomedAt(room, host.name, regions.far);
  const living = (await legsOf(room.code)).filter(({ state }) => state === "live");
  expect(living.map(({ site }) => site)).toEqual([regions.far.plan.site]);
  await expectSeeAndHear(room, host, fay);
  for (const { page } of [host, fay]) {
    await expect(page.getByText(LOST)).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await drain(regions.near.plan.site, "--undo");
});

test("[G17] Redis is frozen for ten seconds: calls continue, and the host can moderate again afterwards", async ({
  regions,
  host,
  away,
}) => {
  const fay = await away("Fay");
  for (const person of [host, fay]) person.expectErrors(/status of 503|net::ERR|Failed to fetch/);
  const room = await meet(host, fay);
  await expectHomedAt(room, fay.name, regions.far);
  await expectSeeAndHear(room, host, fay);
  const { pid } = readStack().redis;
  process.kill(pid, "SIGSTOP");
  try {
    const over = new Promise((resolve) => setTimeout(resolve, 10_000));
    await expectMoving(videoOf(host.page, "Fay"));
    await over;
    await expectMoving(videoOf(host.page, "Fay"));
    await expectMoving(videoOf(fay.page, host.name));
    for (const { page } of [host, fay]) await expect(page.getByText(LOST)).toHaveCount(0);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await expectSeeAndHear(room, host, fay);
  await host.openPeople();
  await host.page.getByRole("button", { name: "Mute all" }).click();
  await expect(fay.control(/^Turn microphone on/)).toBeVisible();
});

test("[K18] an emptied Redis ends no call: participants see and hear each other, and no one else can join", async ({
  regions,
  host,
  away,
  people,
}) => {
  const [fay, late] = [await away("Fay"), await people.guest("Late")];
  for (const person of [host, fay, late]) person.expectErrors(/status of 40[0-9]/);
  const room = await meet(host, fay);
  await expectHomedAt(room, fay.name, regions.far);
  await expectSeeAndHear(room, host, fay);
  const renewed = [host, fay].map(({ page }) =>
    page.waitForResponse((answer) => answer.url().endsWith("/presence") && answer.status() === 404, {
      timeout: 60_000,
    }),
  );
  await redis("FLUSHALL");

  // The app looks up the owner of every new track.
  await fay.control(/^Turn camera off/).click();
  await fay.control(/^Turn camera on/).click();
  await Promise.all(renewed);
  await expectMoving(videoOf(host.page, "Fay"));
  await expectMoving(videoOf(fay.page, host.name));
  for (const { page } of [host, fay]) await expect(page.getByText(LOST)).toHaveCount(0);
  await late.page.goto(`/meet/${room.code}`);
  await expect(late.page.getByRole("heading", { name: /Page not found|Meeting not found/i })).toBeVisible();
});
