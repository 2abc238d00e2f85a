import { expect, test } from "./support/actors.ts";
import { namesInside } from "./support/livekit-admin.ts";
import { knockCard, queueOf, startMeeting } from "./support/meetings.ts";

test("[N59] a guest who cancels is gone from the host's list at once", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(knockCard(host)).toContainText("Ada");

  await guest.page.getByRole("button", { name: "Cancel request" }).click();

  await expect(guest.page.getByText("Request cancelled")).toBeVisible();
  await expect(knockCard(host)).toBeHidden();
  await expect(host.control("People, 1 here")).toBeVisible();
});

test("[N57] [I4] reloading while waiting keeps the place, and does not ring again", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(knockCard(host)).toContainText("Ada asks to join");
  await secondGuest.askToJoin(room);
  await expect(knockCard(host)).toContainText("2 people are waiting");
  const before = await queueOf(host, room);
  const notes = await host.page.evaluate(() => window.veetProbe?.notes);

  await guest.page.reload();
  await guest.expectWaiting();
  await expect(guest.page.getByText("You’re next")).toBeVisible();
  await expect(secondGuest.page.getByText("You’re second in line")).toBeVisible();
  const identify = ({ ticketId, name, askedAtMs }: (typeof before)[number]) => ({ ticketId, name, askedAtMs });
  expect((await queueOf(host, room)).map(identify)).toEqual(before.map(identify));
  expect(await host.page.evaluate(() => window.veetProbe?.notes)).toBe(notes);
  await expect(knockCard(host)).toContainText("2 people are waiting");
});

test("[L7] [N56] two tabs of a guest are one request, and one seat", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  const second = await guest.context.newPage();
  await guest.visit(room, second);
  await guest.expectWaiting(second);
  await expect(knockCard(host)).toContainText("Ada asks to join");
  expect(await queueOf(host, room)).toHaveLength(1);

  await host.admit("Ada");
  await expect(host.tile("Ada")).toHaveCount(1);
  await expect.poll(() => namesInside(room.code)).toEqual(["Ada", "Hanna Host"]);
  await Promise.any([guest.expectInside(), guest.expectInside(second)]);
});

test("[L19] [N52] tells a guest that no host is there yet, and shows them to the host on arrival", async ({
  host,
  guest,
}) => {
  const room = await host.openRoom();
  await guest.askToJoin(room);
  await expect(
    guest.page.getByText("The host isn’t here yet. They’ll see you’re waiting when they arrive"),
  ).toBeVisible();

  await host.start(room);

  await expect(knockCard(host)).toContainText("Ada asks to join");
  await expect(guest.page.getByText("A host is in the meeting and can see your name")).toBeVisible();
  await host.admit("Ada");
  await guest.expectInside();
});

test("[L19] [S19] a host who reloads or leaves and returns is host still, and finds the list whole", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(knockCard(host)).toContainText("Ada");

  await host.page.reload();
  await host.expectInside();
  await expect(knockCard(host)).toContainText("Ada asks to join");

  await host.control("Leave or end meeting").click();
  await host.page.getByRole("menuitem", { name: "Leave meeting" }).click();
  await host.expectHeading("You left the meeting");
  await expect(guest.page.getByText("The host isn’t here yet")).toBeVisible();
  await host.page.getByRole("button", { name: "Rejoin" }).click();
  await host.expectInside();
  await expect(knockCard(host)).toContainText("Ada asks to join");
  await host.admit("Ada");
  await guest.expectInside();
});

test("[L11] [L3] a guest may change the name while waiting, and the host reads the new one", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(knockCard(host)).toContainText("Ada asks to join");

  await guest.page.getByRole("button", { name: "Change name" }).click();
  await guest.page.getByLabel("Your name").fill("Ada Lovelace");
  await guest.page.getByRole("button", { name: "Save name" }).click();

  await expect(knockCard(host)).toContainText("Ada Lovelace asks to join");
  await host.admit("Ada Lovelace");
  await expect(host.tile("Ada Lovelace")).toBeVisible();
});
