import { expect, test, type Person } from "./support/actors.ts";
import { startMeeting } from "./support/meetings.ts";

test.use({ viewport: { width: 1280, height: 720 } });

/** Frames decoded per picture that comes in, at the decoder of this page. */
const decoded = ({ page }: Person): Promise<Record<string, number>> =>
  page.evaluate(() => ({ ...window.veetProbe?.pictures }));

/** The pictures that are decoded now: those whose count grows while the shown ones move on by several frames. */
async function growing(person: Person, shownCount: number): Promise<string[]> {
  const before = await decoded(person);
  const grown = async (byAtLeast: number) => {
    const now = await decoded(person);
    return Object.keys(now).filter((id) => (now[id] ?? 0) - (before[id] ?? 0) >= byAtLeast);
  };
  await expect.poll(async () => (await grown(8)).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(shownCount);
  // One late frame of a picture that has just been left is none that is received.
  return grown(3);
}

/** As `growing`, once there are exactly so many: a picture whose tile has just left the page ends a moment later. */
async function settled(person: Person, count: number): Promise<string[]> {
  let shown: string[] = [];
  const counted = async () => (shown = await growing(person, count)).length;
  await expect.poll(counted, { timeout: 60_000 }).toBe(count);
  return shown;
}

const tiles = ({ page }: Person) => page.locator("[data-identity]");

test("[N137] of 20 people only the pictures on the screen are received, and none twice", async ({ people }) => {
  test.setTimeout(240_000);
  const host = await people.member("Hanna Host", { viewport: { width: 1280, height: 720 } });
  const room = await startMeeting(host, { access: "open" });
  await people.crowd(room, 18, { hasPictures: true });
  // Silent, since a participant who speaks takes a place on the first page.
  const faults = { microphone: "missing" } as const;
  const late = await people.member("Lars Late", { viewport: { width: 1280, height: 720 }, faults });
  await late.joinNow(room);

  for (const person of [host, late]) {
    await expect(tiles(person)).toHaveCount(16);
    // My own picture does not come over the network.
    await expect(tiles(person).locator("video")).toHaveCount(16);
    await settled(person, 15);
  }
  await late.context.close();

  const first = await settled(host, 15);
  await host.page.getByRole("button", { name: "Next page of people" }).click();
  const second = await settled(host, 3);
  expect(second.filter((id) => first.includes(id))).toEqual([]);

  const known = Object.keys(await decoded(host));
  await host.page.getByRole("button", { name: "Previous page of people" }).click();
  expect((await settled(host, 15)).toSorted()).toEqual(first.toSorted());
  // A tile that moves to the front, beside which fewer fit, and back.
  const name = (await tiles(host).nth(3).getAttribute("aria-label"))?.split(",")[0] ?? "";
  await host.page.getByRole("button", { name: `Pin ${name}` }).click();
  await growing(host, 5);
  await host.page.getByRole("button", { name: `Unpin ${name}` }).click();
  await growing(host, 15);
  expect(Object.keys(await decoded(host)).filter((id) => !known.includes(id))).toEqual([]);
});
