import { expect, test, type Person } from "./support/actors.ts";
import { expectSeeAndHear, meet, startMeeting } from "./support/meetings.ts";
import { cutNetwork } from "./support/network.ts";

const banner = (person: Person) => person.page.getByText("The connection was lost. Reconnecting");

/** The story is how long the outage lasts; nothing is waited for by it. */
const outage = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

for (const seconds of [5, 30]) {
  test(`[N1] ${seconds} s without a network: told within 3 s, back by itself, nobody twice`, async ({
    people,
    host,
  }) => {
    test.setTimeout(90_000);
    const guest = await people.apart({ name: "Ada", isSignedIn: false });
    guest.expectErrors(/WebSocket|net::ERR|Failed to load resource|Failed to fetch/);
    const room = await meet(host, guest);
    await expectSeeAndHear(room, host, guest);

    const restore = await cutNetwork(guest.context.browser()!);
    try {
      const over = outage(seconds);
      await expect(banner(guest)).toBeVisible({ timeout: 3_000 });
      await over;
    } finally {
      restore();
    }
    await expect(banner(guest)).toBeHidden({ timeout: 15_000 });
    await expect(host.tile("Ada")).toHaveCount(1);
    await expect(guest.tile(host.name)).toHaveCount(1);
    await expect(guest.tile("You")).toHaveCount(1);
    await expectSeeAndHear(room, host, guest);
  });
}

test("[N2] a host who drops out for 20 s is host still, and finds everybody waiting", async ({ people, guest }) => {
  test.setTimeout(90_000);
  const host = await people.apart({ name: "Hanna Host", isSignedIn: true });
  host.expectErrors(/WebSocket|net::ERR|Failed to load resource|Failed to fetch/);
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(host.page.getByRole("button", { name: "Admit Ada" })).toBeVisible();

  const restore = await cutNetwork(host.context.browser()!);
  const secondGuest = await people.guest("Ben");
  try {
    const over = outage(20);
    await secondGuest.askToJoin(room);
    await over;
  } finally {
    restore();
  }
  await expect(banner(host)).toBeHidden({ timeout: 15_000 });
  await expect(host.page.getByText("2 people are waiting")).toBeVisible();
  await expect(host.tile("You")).toHaveAttribute("aria-label", /Host/);
  await host.page.getByRole("button", { name: "Admit all (2)" }).click();
  await guest.expectInside();
  await secondGuest.expectInside();
});
