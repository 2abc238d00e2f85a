import { expect, test, type People, type Person, type Room } from "./support/actors.ts";
import { muteEverything, namesInside, participantsOf, publishedBy } from "./support/livekit-admin.ts";
import { expectHears, expectSilent, labelled } from "./support/media.ts";
import { meet, startMeeting } from "./support/meetings.ts";
import { act, expel, openControls, setSwitch } from "./support/hosting.ts";
import { originalAndRefreshed } from "./support/held-tokens.ts";

test("[M8] [K4] a removed participant is out immediately, and neither their token nor LiveKit's renewed one brings them back", async ({
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

test("[M9] a ban holds until a host lifts it", async ({ host, guest }) => {
  const room = await meet(host, guest);
  await expel(host, "Ada", true);
  await guest.expectHeading("You were removed from this meeting");
  await expect(guest.page.getByText("A host blocked you from rejoining")).toBeVisible();
  await guest.visit(room);
  await guest.expectHeading("You can’t rejoin this meeting");
  expect(await (await guest.api()).enter(room.code, "Ada")).toMatchObject({
    status: 403,
    body: { error: { code: "banned" } },
  });

  await host.page.locator("summary", { hasText: "Blocked" }).click();
  await host.page.getByRole("button", { name: "Unblock Ada" }).click();
  await expect(host.page.getByText("No one is blocked.")).toBeVisible();
  await guest.visit(room);
  await guest.sayName();
  await guest.page.getByRole("button", { name: "Ask to join" }).click();
  await guest.expectWaiting();
});

test("[M4] [I11] a muted participant is silent at a listener, is notified, and can unmute", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest, secondGuest);
  await expectHears(secondGuest.page, room.code, "Ada");
  await act(host, "Ada", "Mute Ada");
  await expect(guest.toast(`${host.name} muted you`)).toBeVisible();
  await expect(secondGuest.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted"));
  await expectSilent(secondGuest.page, room.code, "Ada");

  await guest.control(/^Turn microphone on/).click();
  await expectHears(secondGuest.page, room.code, "Ada");
});

test("[M7] [N15] [W8] [W9] a locked microphone is silent for all, whatever a client publishes under any label", async ({
  people,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  const [original] = await originalAndRefreshed(guest);
  await openControls(host);
  await setSwitch(host, "Participants can unmute", false);
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
});

/** Audio that a participant publishes unmuted. */
async function audioTracksOf(room: Room, name: string): Promise<string[]> {
  return (await participantsOf(room.code))
    .filter((participant) => participant.name === name)
    .flatMap(({ tracks }) => tracks.filter(({ type, muted }) => type === 0 && !muted).map(({ sid }) => sid));
}

test("[M6] muting all mutes participants and those who join at the same moment, but not the host", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest);
  const newcomer = secondGuest;
  await host.openPeople();
  await newcomer.visit(room);
  await newcomer.sayName();
  await newcomer.page.getByRole("button", { name: "Join now" }).click();
  await expect.poll(() => namesInside(room.code), { intervals: [50] }).toContain(newcomer.name);
  // About to publish, or just done.
  await host.page.getByRole("button", { name: "Mute all" }).click();
  await newcomer.expectInside();
  await expect(guest.toast(`${host.name} muted you`)).toBeVisible();
  await expectSilent(host.page, room.code, "Ada");
  await expectHears(guest.page, room.code, host.name);
  for (const screen of [host, guest])
    await expect(screen.tile(newcomer.name)).toHaveAttribute("aria-label", labelled("Ben, guest, muted"));
  expect(await publishedBy(room.code, newcomer.name)).not.toContain("MICROPHONE");
});

test("[M6] a mute holds that comes before a slow phone knows its microphone to be published", async ({
  host,
  people,
}) => {
  const room = await startMeeting(host, { access: "open" });
  const slow = await joinSlowly(people, room);
  await muteEverything(room.code, "Ada");
  await expect(slow.control(/^Turn microphone on/)).toBeVisible();
  await host.openPeople();
  // With each change of a participant, browser and server compare which tracks are muted.
  await slow.control("Raise your hand").click();
  await expect(host.page.getByRole("region", { name: /^Raised hands/ }).getByRole("listitem")).toContainText(["Ada"]);
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted, camera off, hand raised"));
  expect(await publishedBy(room.code, "Ada")).not.toContain("MICROPHONE");
});

test("[E5] who switches the microphone off while it is being published is shown as muted", async ({ host, people }) => {
  const room = await startMeeting(host, { access: "open" });
  const slow = await joinSlowly(people, room);
  await slow.control(/^Turn microphone off/).click();
  await expect(slow.control(/^Turn microphone on/)).toBeVisible();
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted"));
});

/** A guest whose microphone LiveKit has, and whose browser does not know it yet. */
async function joinSlowly(people: People, room: Room): Promise<Person> {
  const slow = await people.guest("Ada", { slowByMs: 3_000 });
  await slow.visit(room);
  await slow.sayName();
  await slow.page.getByRole("button", { name: "Join now" }).click();
  await expect.poll(() => publishedBy(room.code, "Ada"), { intervals: [50] }).toContain("MICROPHONE");
  return slow;
}

test("[M5] a host stops a share, and the participant is notified", async ({ host, guest }) => {
  await meet(host, guest);
  await guest.control("Share your screen").click();
  const share = host.page.getByRole("region", { name: "Ada’s screen" });
  await expect(share).toBeVisible({ timeout: 15_000 });
  await act(host, "Ada", "Stop Ada’s screen share");
  await expect(share).toBeHidden();
  await expect(guest.toast(`${host.name} stopped your screen share`)).toBeVisible();
  await expect(guest.control("Share your screen")).toBeVisible();
});
