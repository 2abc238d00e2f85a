import { expect, test, type Person } from "./support/actors.ts";
import { expectHears, expectSees, packetsFrom } from "./support/media.ts";
import { expectSeeAndHear, meet } from "./support/meetings.ts";
import { cutNetwork } from "./support/network.ts";

const LOST = "connection lost";
const MINE = "Connection lost. Reconnecting";

/**
 * Has the page itself note when the sign comes, and whether it took its own connection for lost in between: a busy test runner looks
 * late, and would miss a banner that comes and goes.
 *
 * @returns a reading of both, the sign in ms since now.
 */
async function watchScreen(
  { page }: Person,
  name: string,
): Promise<() => Promise<{ signAfterMs: number; wasMine: boolean }>> {
  await page.evaluate(
    ([who, words, banner]) => {
      const startMs = performance.now();
      const seen: Window["screenSeen"] = { signAfterMs: NaN, wasMine: false };
      window.screenSeen = seen;
      const look = () => {
        seen.wasMine ||= document.body.textContent?.includes(banner) ?? false;
        const tile = document.querySelector(`[data-identity][aria-label^="${who},"]`);
        const isSigned = tile?.getAttribute("aria-label")?.includes(words);
        if (isSigned && Number.isNaN(seen.signAfterMs)) seen.signAfterMs = Math.round(performance.now() - startMs);
      };
      const wanted = { subtree: true, childList: true, characterData: true, attributeFilter: ["aria-label"] };
      new MutationObserver(look).observe(document.body, wanted);
    },
    [name, LOST, MINE] as const,
  );
  return () => page.evaluate(() => window.screenSeen);
}

declare global {
  interface Window {
    screenSeen: { signAfterMs: number; wasMine: boolean };
  }
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

    const screen = await watchScreen(host, "Ada");
    const restore = await cutNetwork(guest.context.browser()!);
    try {
      await expect(host.tile("Ada")).toHaveAttribute("aria-label", new RegExp(LOST), { timeout: 8_000 });
      const { signAfterMs, wasMine } = await screen();
      testInfo.annotations.push({ type: "sign after ms", description: String(signAfterMs) });
      expect(signAfterMs).toBeLessThan(5_000);
      expect(wasMine, "the viewer's own connection was well").toBe(false);
    } finally {
      restore();
    }
    await expect(host.tile("Ada")).not.toHaveAttribute("aria-label", new RegExp(LOST));
    expect((await screen()).wasMine, "the viewer's own connection was well").toBe(false);
    await Promise.all([expectSees(host.page, "Ada"), expectHears(host.page, room.code, "Ada")]);
  });
}
