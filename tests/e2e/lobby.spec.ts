import { expect, test, type Person } from "./support/actors.ts";
import { namesInside } from "./support/livekit-admin.ts";
import { expectSeeAndHear, forgetDenialTime, makeCohost, queueOf, startMeeting } from "./support/meetings.ts";
import { tokensIn } from "./support/tokens.ts";

const card = (host: Person) => host.page.getByRole("region", { name: "Waiting to join" });

test("[E2] [I7] a knock is seen wherever the host is, and who is admitted sees and hears the host, and the other way round", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await host.openChat();
  await guest.askToJoin(room);

  await expect(card(host)).toContainText("Ada asks to join");
  await expect(host.control("People, 1 here, 1 waiting")).toBeVisible();
  await expect(host.page).toHaveTitle(/^\(1\) /);
  expect(await guest.mainRoomTokens()).toEqual([]);

  await host.admit("Ada");
  await guest.expectInside();
  await expectSeeAndHear(room, host, guest);
  await expect(card(host)).toBeHidden();
  await expect(host.control("People, 2 here")).toBeVisible();
  await expect(host.page).not.toHaveTitle(/^\(/);
  expect(await guest.mainRoomTokens()).not.toEqual([]);
});

test("[L2] a denied guest is told at once, may ask again after a minute, three times at most, and never holds a token", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.deny("Ada");

  await guest.expectHeading("You can't join this meeting");
  await expect(guest.page.getByText("You may ask 2 more times")).toBeVisible();
  await expect(guest.page.getByRole("button", { name: /^Ask again in 0:[0-5]\d$/ })).toBeDisabled();
  await expect(card(host)).toBeHidden();

  const api = await guest.api();
  const tooEarly = await api.enter(room.code, "Ada");
  expect(tooEarly).toMatchObject({ status: 403, body: { error: { code: "entry_denied", facts: { asksLeft: 2 } } } });

  await forgetDenialTime(room);
  await guest.page.reload();
  await guest.page.getByRole("button", { name: "Ask again" }).click();
  await guest.expectWaiting();
  await expect(card(host)).toContainText("denied once before");
  await host.deny("Ada");
  await expect(guest.page.getByText("You may ask once more")).toBeVisible();

  await forgetDenialTime(room);
  expect((await api.enter(room.code, "Ada")).body.status).toBe("waiting");
  await host.deny("Ada");
  await expect.poll(async () => (await api.get(`/api/rooms/${room.code}/ticket`)).body.ticket?.status).toBe("denied");
  await forgetDenialTime(room);
  expect(await api.enter(room.code, "Ada")).toMatchObject({
    status: 403,
    body: { error: { code: "entry_denied", facts: { asksLeft: 0 } } },
  });
  await guest.page.reload();
  await expect(guest.page.getByText("You have asked as often as one may")).toBeVisible();
  expect(await guest.mainRoomTokens()).toEqual([]);
});

test("[N59] a guest who cancels is gone from the host's list at once", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada");

  await guest.page.getByRole("button", { name: "Cancel request" }).click();

  await expect(guest.page.getByText("You stopped asking")).toBeVisible();
  await expect(card(host)).toBeHidden();
  await expect(host.control("People, 1 here")).toBeVisible();
});

test("[N57] [I4] reloading while waiting keeps the place, and does not ring again", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada asks to join");
  await secondGuest.askToJoin(room);
  await expect(card(host)).toContainText("2 people are waiting");
  const before = await queueOf(host, room);
  const notes = await host.page.evaluate(() => window.veetProbe?.notes);

  await guest.page.reload();
  await guest.expectWaiting();
  await expect(guest.page.getByText("You are next")).toBeVisible();
  await expect(secondGuest.page.getByText("You are second in line")).toBeVisible();
  const identify = ({ ticketId, name, askedAtMs }: (typeof before)[number]) => ({ ticketId, name, askedAtMs });
  expect((await queueOf(host, room)).map(identify)).toEqual(before.map(identify));
  expect(await host.page.evaluate(() => window.veetProbe?.notes)).toBe(notes);
  await expect(card(host)).toContainText("2 people are waiting");
});

test("[L7] [N56] two tabs of a guest are one request, and one seat", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  const second = await guest.context.newPage();
  await guest.visit(room, second);
  await guest.expectWaiting(second);
  await expect(card(host)).toContainText("Ada asks to join");
  expect(await queueOf(host, room)).toHaveLength(1);

  await host.admit("Ada");
  await expect(host.tile("Ada")).toHaveCount(1);
  await expect.poll(() => namesInside(room.code)).toEqual(["Ada", "Hanna Host"]);
  await Promise.any([guest.expectInside(), guest.expectInside(second)]);
});

test("[L13] two hosts who decide at once give one verdict, the same on both screens", async ({
  host,
  cohost,
  guest,
}) => {
  const room = await startMeeting(host, { access: "signed-in" });
  await cohost.joinNow(room);
  await makeCohost(host, room, cohost.name);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada");
  await expect(card(cohost)).toContainText("Ada");

  const told = (person: Person) => expect(person.toast(/^Another host (admitted|denied) them first\.$/)).toBeVisible();
  // In the same moment: one who looks first would find the card gone.
  const press = (person: Person, name: string) => person.page.getByRole("button", { name }).dispatchEvent("click");
  await Promise.all([press(host, "Admit Ada"), press(cohost, "Deny Ada"), Promise.any([told(host), told(cohost)])]);

  await expect(card(host)).toBeHidden();
  await expect(card(cohost)).toBeHidden();
  const wasAdmitted = guest.controls();
  const wasDenied = guest.page.getByRole("heading", { name: "You can't join this meeting" });
  await expect(wasAdmitted.or(wasDenied)).toBeVisible({ timeout: 15_000 });
  const isInside = await wasAdmitted.isVisible();
  for (const one of [host, cohost]) await expect(one.tile("Ada")).toHaveCount(isInside ? 1 : 0);
});

test("[L15] [N84] admitting all lets in everybody the host saw, twenty at a time", async ({ people, host }) => {
  const room = await startMeeting(host);
  const real = await Promise.all(["Ada", "Ben", "Chi"].map((name) => people.guest(name)));
  const scripted = await Promise.all(Array.from({ length: 17 }, () => people.scriptedGuest()));
  await Promise.all([
    ...real.map((person) => person.askToJoin(room)),
    ...scripted.map(async (client, index) => {
      expect((await client.enter(room.code, `Visitor ${index + 1}`)).body.status).toBe("waiting");
    }),
  ]);
  await expect(card(host)).toContainText("20 people are waiting");

  await card(host).getByRole("button", { name: "Admit all (20)" }).click();

  for (const person of real) await person.expectInside();
  await expect(card(host)).toBeHidden();
  for (const client of scripted) expect((await client.enter(room.code)).body.status).toBe("admitted");
  for (const { name } of real) await expect(host.tile(name)).toHaveCount(1);
});

test("[L19] [N52] who comes before the host is told so, and is on the host's screen when the host comes", async ({
  host,
  guest,
}) => {
  const room = await host.openRoom();
  await guest.askToJoin(room);
  await expect(guest.page.getByText("No host is here yet. They find you waiting when they come")).toBeVisible();

  await host.start(room);

  await expect(card(host)).toContainText("Ada asks to join");
  await expect(guest.page.getByText("A host is in the meeting and sees your name")).toBeVisible();
  await host.admit("Ada");
  await guest.expectInside();
});

test("[L19] [S19] a host who reloads or leaves and returns is host still, and finds the list whole", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada");

  await host.page.reload();
  await host.expectInside();
  await expect(card(host)).toContainText("Ada asks to join");

  await host.control("Leave or end the meeting").click();
  await host.page.getByRole("menuitem", { name: "Leave, the others go on" }).click();
  await host.expectHeading("You left the meeting");
  await expect(guest.page.getByText("No host is here yet")).toBeVisible();
  await host.page.getByRole("button", { name: "Rejoin" }).click();
  await host.expectInside();
  await expect(card(host)).toContainText("Ada asks to join");
  await host.admit("Ada");
  await guest.expectInside();
});

test("[L11] [L3] a guest may change the name while waiting, and the host reads the new one", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada asks to join");

  await guest.page.getByRole("button", { name: "Change name" }).click();
  await guest.page.getByLabel("Your name").fill("Ada Lovelace");
  await guest.page.getByRole("button", { name: "Save name" }).click();

  await expect(card(host)).toContainText("Ada Lovelace asks to join");
  await host.admit("Ada Lovelace");
  await expect(host.tile("Ada Lovelace")).toBeVisible();
});

test("[E3] [T5] [T9] who is not admitted receives no token for the meeting and nothing of what goes on in it", async ({
  host,
  cohost,
  guest,
}) => {
  const room = await startMeeting(host, { access: "signed-in", title: "Quarterly secrets" });
  await cohost.joinNow(room);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada");
  await host.openChat();
  await host.page.getByLabel("Message to everybody").fill("the plan is marmalade");
  await host.page.keyboard.press("Enter");
  await cohost.openChat();
  await expect(cohost.page.getByRole("log").getByText("the plan is marmalade")).toBeVisible();
  await host.deny("Ada");
  await guest.expectHeading("You can't join this meeting");

  const received = await guest.received.texts();
  // The control: what is looked for would be found, since the lobby's token and the room's code are.
  expect(received.flatMap(tokensIn).map((token) => token.room)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^lobby\./)]),
  );
  expect(await guest.mainRoomTokens()).toEqual([]);
  for (const secret of ["marmalade", "Quarterly", cohost.name, host.name]) {
    expect(
      received.filter((text) => text.includes(secret)),
      secret,
    ).toEqual([]);
  }
  expect(await namesInside(room.code)).toEqual([cohost.name, host.name].toSorted());
});
