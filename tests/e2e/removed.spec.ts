import { expect, test } from "./support/actors.ts";
import { expel } from "./support/hosting.ts";
import { identityOf } from "./support/livekit-admin.ts";
import { ALWAYS_DARK, look } from "./support/look.ts";
import { knockCard, makeCohost, meet, startMeeting } from "./support/meetings.ts";

test("[L20] a removed guest who comes back to an open meeting with a new cookie asks, and the host sees why", async ({
  people,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  await expel(host, "Ada", true);
  await guest.expectHeading("You were removed from this meeting");

  const again = await people.guest("Eve", { address: guest.address });
  await again.visit(room);
  await again.sayName();
  await again.page.getByRole("button", { name: "Ask to join" }).click();
  await again.expectWaiting();
  await host.control(/^People/).click();
  await expect(knockCard(host)).toContainText("same network as a removed participant");
  expect(await again.mainRoomTokens()).toEqual([]);
  // The same from an account that was never here.
  const account = await people.member("Mallory", { address: guest.address });
  expect((await (await account.api()).enter(room.code)).body.status).toBe("waiting");
  // Others join as before.
  await (await people.guest("Zoe")).joinNow(room);
  await host.openPeople();
  await look(host.page, "waiting-removed", ALWAYS_DARK);
  await host.admit("Eve");
  await again.expectInside();
});

test("[M17] Remove pressed on a stale tile does nothing to someone admitted since", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.admit("Ada");
  await guest.expectInside();
  const api = await host.api();
  const old = await identityOf(room.code, "Ada");
  expect((await api.moderate(room.code, { action: "expel", identity: old, ban: false })).status).toBe(200);
  await guest.expectHeading("You were removed from this meeting");
  await guest.page.getByRole("button", { name: "Ask to rejoin" }).click();
  await guest.sayName();
  await guest.page.getByRole("button", { name: "Ask to join" }).click();
  await host.admit("Ada");
  await guest.expectInside();
  await expect(host.tile("Ada")).toBeVisible();
  for (const ban of [false, true])
    expect((await api.moderate(room.code, { action: "expel", identity: old, ban })).status).toBe(200);
  await guest.control("Raise your hand").click();
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", /hand raised/);
});

test("[M18] [M19] a co-host who left can be demoted, and does not pass a later lock", async ({
  host,
  cohost,
  guest,
}) => {
  const room = await meet(host, cohost, guest);
  await makeCohost(host, room, cohost.name);
  await makeCohost(host, room, "Ada");
  await expect(cohost.tile("You")).toHaveAttribute("aria-label", /Co-host/);
  for (const person of [cohost, guest]) {
    await person.control("Leave meeting").click();
    await person.expectHeading("You left the meeting");
  }
  await host.openPeople();
  const { page } = host;
  await page.locator("summary", { hasText: "Co-hosts who left" }).click();
  await expect(page.getByText("Cora Cohost")).toBeVisible();
  await look(page, "absent-cohosts", ALWAYS_DARK);
  await page.getByRole("button", { name: "Remove as co-host: Cora Cohost" }).click();
  await expect(host.toast("Cora Cohost is no longer a co-host")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove as co-host: Cora Cohost" })).toBeHidden();
  await cohost.page.getByRole("button", { name: "Rejoin" }).click();
  await cohost.expectInside();
  await expect(cohost.tile("You")).not.toHaveAttribute("aria-label", /Co-host/);

  await page.locator("summary", { hasText: "Host controls" }).click();
  await page.getByRole("switch", { name: "Lock meeting" }).click();
  await guest.page.getByRole("button", { name: "Rejoin" }).click();
  await guest.expectHeading("This meeting is locked");
});

test("[L28] guests who are kept waiting when the room is opened up are notified, and can join", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.openPeople();
  await host.page.getByText("Host controls").click();
  await host.page.getByLabel("Who can join").selectOption("open");
  await host.page.getByRole("button", { name: "Keep them waiting" }).click();

  await expect(guest.page.getByText("The meeting is open now")).toBeVisible();
  await look(guest.page, "waiting-opened-up");
  await expect(host.page.getByRole("button", { name: "Admit Ada" })).toBeVisible();
  await guest.page.getByRole("button", { name: "Join now" }).click();
  await guest.expectInside();
  await expect(host.tile("Ada")).toBeVisible();
  await expect(host.page.getByRole("button", { name: "Admit Ada" })).toBeHidden();
});
