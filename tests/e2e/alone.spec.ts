import { expect, test } from "./support/actors.ts";
import { startMeeting } from "./support/meetings.ts";

const ALONE = "You are the only one here";

test("[I40] who is not connected yet does not read that no one else is here", async ({ people, host }) => {
  const room = await startMeeting(host, { access: "open" });
  await expect(host.page.getByRole("heading", { name: ALONE })).toBeVisible();
  const slow = await people.guest("Ada", { slowByMs: 3_000 });
  await slow.context.addInitScript((text) => {
    const look = () => {
      if (document.body?.textContent?.includes(text)) document.documentElement.dataset.saidAlone = "yes";
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  }, ALONE);
  await slow.joinNow(room);
  await expect(slow.page.getByText("Connecting you to the meeting")).toBeVisible();
  await expect(slow.tile(host.name)).toBeVisible();
  expect(await slow.page.evaluate(() => document.documentElement.dataset.saidAlone)).toBeUndefined();
});
