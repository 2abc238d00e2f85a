import { expect, test, type Person } from "./support/actors.ts";
import { expectHears, expectSees, packetsFrom } from "./support/media.ts";
import { expectSeeAndHear, meet } from "./support/meetings.ts";
import { cutNetwork } from "./support/network.ts";

const LOST = "connection lost";

/** Has the page itself note when the sign comes: a busy test runner looks late. @returns a reading of ms since now. */
async function timeSign({ page }: Person, name: string): Promise<() => Promise<number>> {
  await page.evaluate(
    ([who, words]) => {
      const startMs = performance.now();
      const look = () => {
        const tile = document.querySelector(`[data-identity][aria-label^="${who},"]`);
        if (!tile?.getAttribute("aria-label")?.includes(words)) return;
        document.body.dataset.signAfterMs = String(Math.round(performance.now() - startMs));
        observer.disconnect();
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
    },
    [name, LOST] as const,
  );
  return () => page.evaluate(() => Number(document.body.dataset.signAfterMs));
}

for (const [who, sends] of [
  ["who sends nothing", false],
  ["who sends, too", true],
] as const) {
  test(`[N100] a participant whose network is cut has a sign on their tile within 5 s, for a viewer ${who}`, async ({
    people,
    host,
  }, testInfo) => {
    const guest = await people.apart({ name: "Ada", isSignedIn: false });
    guest.expectErrors(/WebSocket|net::ERR|Failed to load resource|Failed to fetch/);
    const room = await meet(host, guest);
    await expectSeeAndHear(room, host, guest);
    if (!sends) {
      await host.control(/^Turn camera off/).click();
      await host.control(/^Turn microphone off/).click();
      await expect(host.control(/^Turn microphone on/)).toBeVisible();
    }
    const before = await packetsFrom(host.page, room.code, "Ada");
    await expect.poll(() => packetsFrom(host.page, room.code, "Ada")).toBeGreaterThan(before + 50);

    const signAfterMs = await timeSign(host, "Ada");
    const restore = await cutNetwork(guest.context.browser()!);
    try {
      await expect(host.tile("Ada")).toHaveAttribute("aria-label", new RegExp(LOST), { timeout: 8_000 });
      testInfo.annotations.push({ type: "sign after ms", description: String(await signAfterMs()) });
      expect(await signAfterMs()).toBeLessThan(5_000);
      await expect(host.page.getByText("The connection was lost. Reconnecting")).toHaveCount(0);
    } finally {
      restore();
    }
    await expect(host.tile("Ada")).not.toHaveAttribute("aria-label", new RegExp(LOST));
    await Promise.all([expectSees(host.page, "Ada"), expectHears(host.page, room.code, "Ada")]);
  });
}
