import { expect, test } from "./support/actors.ts";
import { startMeeting } from "./support/meetings.ts";

const ALONE = "You’re the only one here";

test("[I40] who is not connected yet does not read that no one else is here", async ({ host, guest }) => {
  const room = await startMeeting(host, { access: "open" });
  await expect(host.page.getByRole("heading", { name: ALONE })).toBeVisible();

  let connect = () => {};
  const held = new Promise<void>((resolve) => (connect = resolve));
  await guest.context.routeWebSocket(/\/rtc/, async (socket) => {
    await held;
    socket.connectToServer();
  });
  await guest.context.addInitScript((text) => {
    const look = () => {
      if (document.body?.textContent?.includes(text)) document.documentElement.dataset.saidAlone = "yes";
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  }, ALONE);
  await guest.joinNow(room);
  await expect(guest.page.getByText("Connecting you to the meeting")).toBeVisible();
  await expect(guest.tile("You")).toBeVisible();
  connect();
  await expect(guest.tile(host.name)).toBeVisible();
  expect(await guest.page.evaluate(() => document.documentElement.dataset.saidAlone)).toBeUndefined();
});
