import { expect, test, type Person, type Room } from "./support/actors.ts";
import { identityOf, namesInside, participantsOf, publishedBy } from "./support/livekit-admin.ts";
import { expectHears, expectSilent, packetsFrom } from "./support/media.ts";
import { makeCohost, meet, startMeeting } from "./support/meetings.ts";
import { redis, roomKey } from "./support/redis.ts";
import type { HeldToken } from "./support/tokens.ts";

async function act(person: Person, name: string, item: string): Promise<void> {
  await person.openPeople();
  await person.page.getByRole("button", { name: `More actions for ${name}` }).click();
  await person.page.getByRole("menuitem", { name: item }).click();
}

async function expel(person: Person, name: string, isBan = false): Promise<void> {
  await act(person, name, `Remove ${name} from the meeting`);
  const dialog = person.page.getByRole("dialog", { name: `Remove ${name} from the meeting?` });
  if (isBan) await dialog.getByLabel("Don’t let them come back").check();
  await dialog.getByRole("button", { name: `Remove ${name}` }).click();
  await expect(dialog).toBeHidden();
}

async function openControls(person: Person): Promise<void> {
  await person.openPeople();
  await person.page.locator("summary", { hasText: "Meeting controls" }).click();
}
async function setSwitch(person: Person, name: string, isOn: boolean): Promise<void> {
  const control = person.page.getByRole("switch", { name });
  if ((await control.getAttribute("aria-checked")) !== String(isOn)) await control.click();
  await expect(control).toHaveAttribute("aria-checked", String(isOn));
}

/** The token our server issued, and the one LiveKit handed out after it, which lives longer. */
async function originalAndRefreshed(person: Person): Promise<[HeldToken, HeldToken]> {
  await expect
    .poll(async () => (await distinct(person)).length, { message: "no refreshed token came" })
    .toBeGreaterThan(1);
  const tokens = await distinct(person);
  return [tokens[0]!, tokens.at(-1)!];
}
async function distinct(person: Person): Promise<HeldToken[]> {
  const byText = new Map((await person.mainRoomTokens()).map((token) => [token.raw, token]));
  return [...byText.values()];
}

test("[M1] who is removed is out at once, and neither their token nor LiveKit's renewed one lets them see or hear anything again", async ({
  people,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  const [original, refreshed] = await originalAndRefreshed(guest);
  // The control: with a right to be here, this client sees.
  const visitor = await people.intruder();
  const entry = await (await people.scriptedGuest()).enter(room.code, "Vera Visitor");
  expect(await visitor.connect(entry.body.legs[0].token)).toBe("connected");
  await expect.poll(async () => (await visitor.seen()).frames).toBeGreaterThan(0);
  await visitor.close();

  await expel(host, "Ada");
  await guest.expectHeading("You were removed from this meeting");
  await expect(host.tile("Ada")).toHaveCount(0);

  for (const token of [original, refreshed]) {
    const intruder = await people.intruder();
    const outcome = await intruder.connect(token.raw);
    await expect.poll(() => namesInside(room.code)).not.toContain("Ada");
    // However the door was shut, nothing came through it.
    const seen = await intruder.seen();
    expect(outcome).not.toContain("fetch");
    expect(seen, outcome).toMatchObject({ frames: 0, packets: 0, isConnected: false });
    await expect(host.tile("Ada")).toHaveCount(0);
  }

  await guest.page.getByRole("button", { name: "Ask to rejoin" }).click();
  await guest.sayName();
  await guest.page.getByRole("button", { name: "Ask to join" }).click();
  await guest.expectWaiting();
});

test("[M2] a ban outlasts every try, until a host takes it back", async ({ host, guest }) => {
  const room = await meet(host, guest);
  await expel(host, "Ada", true);
  await guest.expectHeading("You were removed from this meeting");
  await expect(guest.page.getByText("A host removed you for good")).toBeVisible();
  await guest.visit(room);
  await guest.sayName();
  await guest.page.getByRole("button", { name: /^(Join now|Ask to join)$/ }).click();
  await guest.expectHeading("You can't come back into this meeting");
  expect(await (await guest.api()).enter(room.code, "Ada")).toMatchObject({
    status: 403,
    body: { error: { code: "banned" } },
  });

  await host.page.locator("summary", { hasText: "Removed for good" }).click();
  await host.page.getByRole("button", { name: "Un-ban Ada" }).click();
  await expect(host.page.getByText("Nobody was removed for good.")).toBeVisible();
  await guest.visit(room);
  await guest.sayName();
  await guest.page.getByRole("button", { name: /^(Join now|Ask to join)$/ }).click();
  await expect(guest.controls().or(guest.page.getByRole("heading", { name: "You asked to join" }))).toBeVisible({
    timeout: 15_000,
  });
});

test("[M3] muting somebody is silence at a listener, is told to them, and they may unmute themselves", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest, secondGuest);
  await expectHears(secondGuest.page, room.code, "Ada");
  await act(host, "Ada", "Mute Ada");
  await expect(guest.toast(`${host.name} muted you`)).toBeVisible();
  await expect(secondGuest.tile("Ada")).toHaveAttribute("aria-label", "Ada, guest, muted");
  await expectSilent(secondGuest.page, room.code, "Ada");

  await guest.control(/^Turn microphone on/).click();
  await expectHears(secondGuest.page, room.code, "Ada");
});

test("[M4] a locked microphone stays silent for everybody, whatever a client publishes under whichever label", async ({
  people,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  const [original] = await originalAndRefreshed(guest);
  await openControls(host);
  await setSwitch(host, "Participants may use their microphone", false);
  await expect(guest.toast(`${host.name} locked microphones for participants`)).toBeVisible();
  await expect(guest.control(/^Turn microphone on\. Microphones are locked/)).toBeVisible();
  await expectSilent(host.page, room.code, "Ada");

  // The same person with a client of their own, first with the token from before the lock, then with a new one.
  const fresh = await (await guest.api()).enter(room.code, "Ada", { intent: "enter" });
  for (const token of [original.raw, fresh.body.legs?.[0].token as string]) {
    const client = await people.intruder();
    await client.connect(token);
    for (const label of ["microphone", "camera", "screen_share_audio"] as const) await client.publishSound(label);
    await expectSilent(host.page, room.code, "Ada");
    await expect.poll(() => audioTracksOf(room, "Ada")).toEqual([]);
    await client.close();
  }

  await setSwitch(host, "Participants may use their microphone", true);
  await expect(guest.toast(`${host.name} allowed microphones again`)).toBeVisible();
});

/** Sound that LiveKit takes from somebody and does not have muted. */
async function audioTracksOf(room: Room, name: string): Promise<string[]> {
  return (await participantsOf(room.code))
    .filter((participant) => participant.name === name)
    .flatMap(({ tracks }) => tracks.filter(({ type, muted }) => type === 0 && !muted).map(({ sid }) => sid));
}

test("[M6] muting all binds those inside and who comes in the same moment, and spares the host", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest);
  const newcomer = secondGuest;
  await host.openPeople();
  await newcomer.visit(room);
  await newcomer.sayName();
  await Promise.all([
    host.page.getByRole("button", { name: "Mute all" }).click(),
    newcomer.page.getByRole("button", { name: "Join now" }).click(),
  ]);
  await newcomer.expectInside();
  await expect(guest.toast(`${host.name} muted you`)).toBeVisible();
  await expectSilent(host.page, room.code, "Ada");
  await expectHears(guest.page, room.code, host.name);
  for (const screen of [host, guest])
    await expect(screen.tile(newcomer.name)).toHaveAttribute("aria-label", "Ben, guest, muted");
  expect(await publishedBy(room.code, newcomer.name)).not.toContain("MICROPHONE");
});

test("[M6] a host stops a share, which is told to the one who shared", async ({ host, guest }) => {
  await meet(host, guest);
  await guest.control("Share your screen").click();
  const share = host.page.getByRole("region", { name: "Ada’s screen" });
  await expect(share).toBeVisible({ timeout: 15_000 });
  await act(host, "Ada", "Stop Ada’s screen share");
  await expect(share).toBeHidden();
  await expect(guest.toast(`${host.name} stopped your screen share`)).toBeVisible();
  await expect(guest.control("Share your screen")).toBeVisible();
});

test("[M7] a co-host may do a host's work on participants and nothing to the host, and no more once unmade", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest, secondGuest);
  await act(host, "Ada", "Make Ada a co-host");
  await expect(guest.toast("You are now a co-host")).toBeVisible();
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", "Ada, Co-host, guest");
  await act(guest, "Ben", "Mute Ben");
  await expect(secondGuest.toast("Ada muted you")).toBeVisible();

  const cohost = await guest.api();
  const hostIdentity = await identityOf(room.code, host.name);
  const benIdentity = await identityOf(room.code, "Ben");
  for (const action of [
    { action: "expel", identity: hostIdentity, ban: true },
    { action: "mute", identity: hostIdentity },
    { action: "make-cohost", identity: benIdentity },
    { action: "end" },
  ]) {
    expect(await cohost.moderate(room.code, action), JSON.stringify(action)).toMatchObject({
      status: 403,
      body: { error: { code: "not_allowed" } },
    });
  }

  await act(host, "Ada", "Take Ada’s co-host role back");
  await expect(guest.toast("You are no longer a co-host")).toBeVisible();
  expect((await cohost.moderate(room.code, { action: "mute", identity: benIdentity })).status).toBe(403);
  expect(await namesInside(room.code)).toEqual(["Ada", "Ben", host.name]);
});

test("[M8] ending for all sends everybody out, tells them, and old tokens open nothing", async ({
  people,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  const waiting = await people.guest("Wanda");
  const held = await originalAndRefreshed(guest);
  await (await host.api()).moderate(room.code, { action: "set-access", access: "ask" });
  await waiting.askToJoin(room);

  await host.control("Leave or end the meeting").click();
  await host.page.getByRole("menuitem", { name: "End the meeting for all" }).click();
  await host.page.getByRole("button", { name: "End for all" }).click();

  await host.expectHeading("The meeting has ended");
  await guest.expectHeading("The meeting has ended");
  await waiting.expectHeading("This meeting has ended");
  for (const token of held) {
    const intruder = await people.intruder();
    const outcome = await intruder.connect(token.raw);
    expect(outcome).not.toBe("connected");
    expect(await intruder.seen()).toMatchObject({ roster: [], frames: 0, packets: 0 });
  }
  await guest.visit(room);
  await guest.expectHeading("This meeting has ended");

  await host.page.getByRole("button", { name: "Start it again" }).click();
  await host.page.getByRole("button", { name: "Start the meeting again" }).click();
  await host.expectInside();
  expect(await namesInside(room.code)).toEqual([host.name]);
});

test("[M9] a meeting without its host goes to the co-host after a minute, and back to the owner on return", async ({
  host,
  cohost,
  guest,
}) => {
  const room = await meet(host, cohost, guest);
  await makeCohost(host, room, cohost.name);
  await expect(guest.tile(cohost.name)).toHaveAttribute("aria-label", /Co-host/);
  await host.control("Leave or end the meeting").click();
  await host.page.getByRole("menuitem", { name: "Leave, the others go on" }).click();
  await host.expectHeading("You left the meeting");
  await expect(guest.tile(host.name)).toHaveCount(0);
  // The minute of grace, let pass for the server: it counts from when a host was seen last.
  await letHostGracePass(room);
  await (await cohost.api()).post(`/api/rooms/${room.code}/presence`);
  await expect(cohost.toast("You are now the host")).toBeVisible();
  await expect(guest.tile(cohost.name)).toHaveAttribute("aria-label", new RegExp(`^${cohost.name}, Host`));

  await host.page.getByRole("button", { name: "Rejoin" }).click();
  await host.expectInside();
  await expect(guest.tile(host.name)).toHaveAttribute("aria-label", new RegExp(`^${host.name}, Host`));
});

async function letHostGracePass(room: Room): Promise<void> {
  const longAgo = Date.now() - 61_000;
  // The second is there once LiveKit's word of the departure has come.
  await expect.poll(() => redis("HGET", roomKey(room.code, "session"), "hostGoneSinceMs")).not.toBeNull();
  await redis("HSET", roomKey(room.code, "session"), "hostSeenAtMs", longAgo, "hostGoneSinceMs", longAgo);
}

test("[M10] what hosts did is written down for hosts, and for nobody else", async ({ host, guest }) => {
  const room = await meet(host, guest);
  await act(host, "Ada", "Mute Ada");
  await openControls(host);
  await setSwitch(host, "Lock the meeting", true);
  await host.page.locator("summary", { hasText: "What hosts did" }).click();
  await expect(host.page.getByRole("listitem").getByText(`${host.name} muted Ada`)).toBeVisible();
  await expect(host.page.getByText(`${host.name} locked the meeting`)).toBeVisible();
  expect((await (await guest.api()).get(`/api/rooms/${room.code}/moderation`)).status).toBe(403);
  expect(await packetsFrom(host.page, room.code, "Ada")).toBeGreaterThan(0);
});

test("[M11] a locked meeting keeps newcomers out until it is opened, and those inside stay", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await startMeeting(host, { access: "open" });
  await guest.joinNow(room);
  await openControls(host);
  await setSwitch(host, "Lock the meeting", true);
  await secondGuest.visit(room);
  await secondGuest.expectHeading("This meeting is locked");
  await guest.page.reload();
  await guest.expectInside();
  await setSwitch(host, "Lock the meeting", false);
  await secondGuest.page.getByRole("button", { name: "Try again" }).click();
  await secondGuest.sayName();
  await secondGuest.page.getByRole("button", { name: "Join now" }).click();
  await secondGuest.expectInside();
});
