import { expect, test } from "./support/actors.ts";
import { unusedCode } from "./support/ids.ts";
import { namesInside, publishedBy } from "./support/livekit-admin.ts";
import { expectHears, expectSees, labelled } from "./support/media.ts";
import { expectSeeAndHear, startMeeting } from "./support/meetings.ts";
import { roomOf } from "./support/person.ts";
import { redis, roomKey } from "./support/redis.ts";

test.describe("the door says why it stays shut", () => {
  test("[R2] [R7] [S11] a link that never was, one that has expired and one that was deleted", async ({
    host,
    guest,
  }) => {
    await guest.visit(roomOf(unusedCode()));
    await guest.expectHeading("Meeting not found");

    const expired = await host.openRoom();
    await redis("HSET", roomKey(expired.code, "room"), "expiresAtMs", Date.now() - 1_000);
    await guest.visit(expired);
    await guest.expectHeading("This link has expired");

    const deleted = await host.openRoom();
    await host.visit(deleted);
    await host.page.goto("/");
    await host.page.getByRole("button", { name: `Delete ${deleted.code}` }).click();
    await host.page.getByRole("button", { name: "Delete meeting" }).click();
    await expect(host.page.getByRole("button", { name: `Delete ${deleted.code}` })).toBeHidden();
    await guest.visit(deleted);
    await guest.expectHeading("Meeting not found");
  });

  test("[L12] [S18] a locked meeting accepts no requests, and its host can rejoin", async ({ host, guest }) => {
    const room = await startMeeting(host);
    await host.openPeople();
    await host.page.getByText("Host controls").click();
    await host.page.getByRole("switch", { name: "Lock meeting" }).click();
    await expect(host.page.getByText("The meeting is locked")).toBeVisible();

    await guest.visit(room);
    await guest.expectHeading("This meeting is locked");
    expect(await (await guest.api()).enter(room.code)).toMatchObject({
      status: 403,
      body: { error: { code: "room_locked" } },
    });
    await host.page.reload();
    await host.expectInside();

    await host.openPeople();
    await host.page.getByText("Host controls").click();
    await host.page.getByRole("switch", { name: "Lock meeting" }).click();
    await expect(host.page.getByText("The meeting is unlocked")).toBeVisible();
    await guest.page.getByRole("button", { name: "Try again" }).click();
    await guest.sayName();
    await guest.page.getByRole("button", { name: "Ask to join" }).click();
    await guest.expectWaiting();
  });

  test("[R8] a full meeting admits no one until a participant leaves", async ({ people, host, guest, secondGuest }) => {
    const room = await startMeeting(host, { access: "open" });
    await redis("HSET", roomKey(room.code, "room"), "maxParticipants", 2);
    await guest.joinNow(room);
    await secondGuest.visit(room);
    await secondGuest.sayName();
    await secondGuest.page.getByRole("button", { name: "Join now" }).click();
    await secondGuest.expectHeading("This meeting is full");
    expect(await secondGuest.mainRoomTokens()).toEqual([]);

    await guest.control("Leave meeting").click();
    await guest.expectHeading("You left the meeting");
    const rush = await Promise.all(Array.from({ length: 8 }, () => people.scriptedGuest()));
    const answers = await Promise.all(rush.map((client) => client.enter(room.code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error?.code === "room_full")).toHaveLength(7);
  });
});

test("[L4] each access level lets in only the users it names", async ({ people, host }) => {
  const labels = {
    ask: ["Ask to join", "Ask to join"],
    "signed-in": ["Join now", "Ask to join"],
    open: ["Join now", "Join now"],
  } as const;
  for (const [access, [forMember, forGuest]] of Object.entries(labels)) {
    const room = await host.openRoom({ access: access as keyof typeof labels });
    const [member, guest] = [await people.member("Mia Member"), await people.guest("Gus")];
    await Promise.all([member.visit(room), guest.visit(room)]);
    await expect(member.page.getByRole("button", { name: forMember })).toBeVisible();
    await expect(guest.page.getByRole("button", { name: forGuest })).toBeVisible();
    const [forMemberNow, forGuestNow] = [
      await (await member.api()).enter(room.code),
      await (await guest.api()).enter(room.code, "Gus"),
    ];
    expect(forMemberNow.body.status).toBe(forMember === "Join now" ? "admitted" : "waiting");
    expect(forGuestNow.body.status).toBe(forGuest === "Join now" ? "admitted" : "waiting");
    await Promise.all([member.context.close(), guest.context.close()]);
  }
});

test("[E1] [E6] opening a room asks about the waiting guests and admits none automatically", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.openPeople();
  await host.page.getByText("Host controls").click();
  await host.page.getByLabel("Who can join").selectOption("open");

  const question = host.page.getByRole("dialog", { name: "Admit the person who is waiting?" });
  await expect(question).toBeVisible();
  await secondGuest.joinNow(room);
  await guest.expectWaiting();
  expect(await guest.mainRoomTokens()).toEqual([]);

  // A tablet that is turned asks still.
  await host.page.setViewportSize({ width: 390, height: 844 });
  await question.getByRole("button", { name: "Admit" }).click();
  await guest.expectInside();
});

test.describe("the same person on two devices", () => {
  test("[R14] [N56] a second device removes no one; the call moves when the user asks", async ({
    people,
    host,
    guest,
  }) => {
    const room = await startMeeting(host, { access: "open" });
    await guest.joinNow(room);
    const other = await people.member(host.name, { accountId: host.accountId });
    await other.visit(room);
    await other.page.getByRole("button", { name: "Join now" }).click();
    await other.expectHeading("You’re already in this meeting");
    await host.expectInside();
    await expectSees(guest.page, host.name);

    await other.page.getByRole("button", { name: "Move call here" }).click();
    await other.expectInside();
    await host.expectHeading("You moved the call");
    await expect(guest.tile(host.name)).toHaveCount(1);
    await expectSeeAndHear(room, other, guest);
    await expect(other.tile("You")).toHaveAttribute("aria-label", /Host/);
  });

  test("[R14] [R12] or it is joined a second time, beside the first", async ({ people, host, guest }) => {
    const room = await startMeeting(host, { access: "open" });
    await guest.joinNow(room);
    const other = await people.member(host.name, { accountId: host.accountId });
    await other.visit(room);
    await other.page.getByRole("button", { name: "Join now" }).click();
    await other.page.getByRole("button", { name: "Join here too" }).click();
    await other.expectInside();
    await host.expectInside();
    await expect(guest.tile(host.name)).toHaveCount(2);
    await expect.poll(() => namesInside(room.code)).toEqual(["Ada", host.name, host.name]);
  });
});

test("[R13] [S19] [N4] reload and Back keep role, name, hand and what is on", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.admit("Ada");
  await guest.expectInside();
  await guest.control(/^Turn camera off/).click();
  await guest.control("Raise your hand").click();
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, camera off, hand raised"));

  await guest.page.reload();
  await guest.expectInside();
  await expect(guest.control(/^Turn camera on/)).toBeVisible();
  await expect(guest.control(/^Turn microphone off/)).toBeVisible();
  await expect(guest.control("Lower your hand")).toBeVisible();
  await expect(host.tile("Ada")).toHaveCount(1);
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, camera off, hand raised"));

  await guest.page.goBack();
  await expect(guest.page.getByRole("dialog", { name: "Leave meeting?" })).toBeVisible();
  await guest.page.getByRole("button", { name: "Stay" }).click();
  await guest.expectInside();
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, camera off, hand raised"));
  await expectHears(host.page, room.code, "Ada");

  await host.page.reload();
  await host.expectInside();
  await expect(host.tile("You")).toHaveAttribute("aria-label", /Host/);
  await expect(guest.tile(host.name)).toHaveCount(1);
});

test.describe("joining without devices", () => {
  const cases = [
    { faults: { camera: "missing" }, says: "No camera found", sends: ["MICROPHONE"] },
    { faults: { microphone: "missing" }, says: "No microphone found", sends: ["CAMERA"] },
    { faults: { camera: "denied", microphone: "denied" }, says: "Your camera is blocked", sends: [] },
  ] as const;
  for (const { faults, says, sends } of cases) {
    test(`[S10] [N90] ${says.toLowerCase()}: the door says how to mend it, and one joins all the same`, async ({
      people,
      host,
    }) => {
      const room = await startMeeting(host, { access: "open" });
      const guest = await people.guest("Ada", { faults });
      await guest.visit(room);
      await expect(guest.page.getByText(says).first()).toBeVisible();
      await guest.joinNow(room);
      await expectSees(guest.page, host.name);
      await expectHears(guest.page, room.code, host.name);
      await expect.poll(async () => (await publishedBy(room.code, "Ada")).toSorted()).toEqual(sends);
    });
  }
});
