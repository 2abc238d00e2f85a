import { expect, test, type Person } from "./support/actors.ts";
import { namesInside } from "./support/livekit-admin.ts";
import { expectSeeAndHear, forgetDenialTime, knockCard, makeCohost, startMeeting } from "./support/meetings.ts";
import { tokensIn } from "./support/tokens.ts";

test("[E2] [I7] a knock shows wherever the host is, and host and admitted guest see and hear each other", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await host.openChat();
  await guest.askToJoin(room);

  await expect(knockCard(host)).toContainText("Ada asks to join");
  await expect(host.control("People, 1 here, 1 waiting")).toBeVisible();
  await expect(host.page).toHaveTitle(/^\(1\) /);
  expect(await guest.mainRoomTokens()).toEqual([]);

  await host.admit("Ada");
  await guest.expectInside();
  await expectSeeAndHear(room, host, guest);
  await expect(knockCard(host)).toBeHidden();
  await expect(host.control("People, 2 here")).toBeVisible();
  await expect(host.page).not.toHaveTitle(/^\(/);
  expect(await guest.mainRoomTokens()).not.toEqual([]);
});

test("[L2] a denied guest is notified immediately, can ask again after a minute, three times at most, and never gets a token", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.deny("Ada");

  await guest.expectHeading("You can’t join this meeting");
  await expect(guest.page.getByText("You can ask 2 more times")).toBeVisible();
  await expect(guest.page.getByRole("button", { name: /^Ask again in 0:[0-5]\d$/ })).toBeDisabled();
  await expect(knockCard(host)).toBeHidden();

  const api = await guest.api();
  const tooEarly = await api.enter(room.code, "Ada");
  expect(tooEarly).toMatchObject({ status: 403, body: { error: { code: "entry_denied", facts: { asksLeft: 2 } } } });

  await forgetDenialTime(room);
  await guest.page.reload();
  await guest.page.getByRole("button", { name: "Ask again" }).click();
  await guest.expectWaiting();
  await expect(knockCard(host)).toContainText("denied once before");
  await host.deny("Ada");
  await expect(guest.page.getByText("You can ask once more")).toBeVisible();

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
  await expect(guest.page.getByText("You can’t ask again in this meeting")).toBeVisible();
  expect(await guest.mainRoomTokens()).toEqual([]);
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
  await expect(knockCard(host)).toContainText("Ada");
  await expect(knockCard(cohost)).toContainText("Ada");

  const expectNotified = (person: Person) =>
    expect(person.toast(/^Another host (admitted|denied) them first\.$/)).toBeVisible();
  // In the same moment: one who looks first would find the card gone.
  const press = (person: Person, name: string) => person.page.getByRole("button", { name }).dispatchEvent("click");
  await Promise.all([
    press(host, "Admit Ada"),
    press(cohost, "Deny Ada"),
    Promise.any([expectNotified(host), expectNotified(cohost)]),
  ]);

  await expect(knockCard(host)).toBeHidden();
  await expect(knockCard(cohost)).toBeHidden();
  const wasAdmitted = guest.controls();
  const wasDenied = guest.page.getByRole("heading", { name: "You can’t join this meeting" });
  await expect(wasAdmitted.or(wasDenied)).toBeVisible({ timeout: 15_000 });
  const isInside = await wasAdmitted.isVisible();
  for (const one of [host, cohost]) await expect(one.tile("Ada")).toHaveCount(isInside ? 1 : 0);
});

test("[L15] [N84] admitting all admits all guests the host saw, twenty at a time", async ({ people, host }) => {
  const room = await startMeeting(host);
  const real = await Promise.all(["Ada", "Ben", "Chi"].map((name) => people.guest(name)));
  const scripted = await Promise.all(Array.from({ length: 17 }, () => people.scriptedGuest()));
  await Promise.all([
    ...real.map((person) => person.askToJoin(room)),
    ...scripted.map(async (client, index) => {
      expect((await client.enter(room.code, `Visitor ${index + 1}`)).body.status).toBe("waiting");
    }),
  ]);
  await expect(knockCard(host)).toContainText("20 people are waiting");

  await knockCard(host).getByRole("button", { name: "Admit all (20)" }).click();

  for (const person of real) await person.expectInside();
  await expect(knockCard(host)).toBeHidden();
  for (const client of scripted) expect((await client.enter(room.code)).body.status).toBe("admitted");
  for (const { name } of real) await expect(host.tile(name)).toHaveCount(1);
});

test("[E3] [T5] [T9] a guest who is not admitted gets no token for the meeting and nothing that happens in it", async ({
  host,
  cohost,
  guest,
}) => {
  const room = await startMeeting(host, { access: "signed-in", title: "Quarterly secrets" });
  await cohost.joinNow(room);
  await guest.askToJoin(room);
  await expect(knockCard(host)).toContainText("Ada");
  await host.openChat();
  await host.page.getByLabel("Message everyone").fill("the plan is marmalade");
  await host.page.keyboard.press("Enter");
  await cohost.openChat();
  await expect(cohost.page.getByRole("log").getByText("the plan is marmalade")).toBeVisible();
  await host.deny("Ada");
  await guest.expectHeading("You can’t join this meeting");

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
