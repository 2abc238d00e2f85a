import { expect, test, type Person } from "./support/actors.ts";
import { packetsFrom } from "./support/media.ts";
import { expectSeeAndHear, meet, startMeeting } from "./support/meetings.ts";
import { cutNetwork } from "./support/network.ts";
import { readStack } from "./support/stack.ts";

const LOST = "Connection lost. Reconnecting";
const banner = (person: Person) => person.page.getByText(LOST);

/** Has the page itself note when the banner comes: a busy test runner looks late. @returns a reading of ms since now. */
async function timeBanner({ page }: Person): Promise<() => Promise<number>> {
  await page.evaluate((text) => {
    const startMs = performance.now();
    const look = () => {
      if (!document.body.textContent?.includes(text)) return;
      document.body.dataset.bannerAfterMs = String(performance.now() - startMs);
      observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, LOST);
  return () => page.evaluate(() => Number(document.body.dataset.bannerAfterMs));
}

/** The story is how long the outage lasts; nothing is waited for by it. */
const outage = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

for (const seconds of [5, 30]) {
  test(`[N31] [N12] ${seconds} s without a network: shown within 3 s, back automatically, no one listed twice`, async ({
    people,
    host,
  }) => {
    test.setTimeout(180_000);
    const guest = await people.apart({ name: "Ada", isSignedIn: false });
    guest.expectErrors(/WebSocket|net::ERR|Failed to load resource|Failed to fetch/);
    const room = await meet(host, guest);
    await expectSeeAndHear(room, host, guest);
    // Two seconds of voice: before that no traffic is expected here.
    await expect.poll(() => packetsFrom(guest.page, room.code, host.name)).toBeGreaterThan(100);

    const restore = await cutNetwork(guest.context.browser()!);
    try {
      const over = outage(seconds);
      const bannerAfterMs = await timeBanner(guest);
      await expect(banner(guest)).toBeVisible({ timeout: 4_500 });
      expect(await bannerAfterMs()).toBeLessThan(3_000);
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

test("[W5] a host who is offline for 20 s is still host and finds all waiting guests", async ({ people, guest }) => {
  test.setTimeout(180_000);
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
  await expect(host.page.getByRole("region", { name: "Waiting to join" })).toContainText("2 people are waiting");
  await expect(host.tile("You")).toHaveAttribute("aria-label", /Host/);
  await host.page.getByRole("button", { name: "Admit all (2)" }).click();
  await guest.expectInside();
  await secondGuest.expectInside();
});

test("[H30] app, gatekeeper and Redis bridge keep a quiet connection longer than a proxy before them", async () => {
  const { baseUrl, livekit, redis } = readStack();
  for (const url of [`${baseUrl}/api/health`, livekit.url.replace("ws", "http"), redis.url]) {
    const answer = await fetch(url);
    expect(answer.headers.get("keep-alive"), url).toBe("timeout=150");
  }
});
