import { expect, test, type People, type Person, type Room } from "./support/actors.ts";
import { act, openControls, setSwitch } from "./support/hosting.ts";
import { publishedBy } from "./support/livekit-admin.ts";
import { expectHears, expectSilent, tileOf } from "./support/media.ts";
import { startMeeting } from "./support/meetings.ts";
import type { RawClient } from "./support/raw-client.ts";

/** Vera has a client of her own and a right to be inside; so has the one who listens to everything that LiveKit sends. */
async function foreignClients(people: People, room: Room) {
  const enter = async (name: string) => {
    const client = await people.intruder();
    const entry = await (await people.scriptedGuest()).enter(room.code, name);
    expect(await client.connect(entry.body.legs[0].token)).toBe("connected");
    return client;
  };
  return { vera: await enter("Vera"), listener: await enter("Lena Listener") };
}

/** Waits until a client that plays everything has received nothing for longer than a microphone ever pauses. */
async function expectNoPackets(listener: RawClient): Promise<void> {
  let [last, since] = [-1, Date.now()];
  await expect
    .poll(
      async () => {
        const { packets } = await listener.seen();
        if (packets !== last) [last, since] = [packets, Date.now()];
        return Date.now() - since;
      },
      { message: "packets still come", timeout: 15_000, intervals: [200] },
    )
    .toBeGreaterThan(2_500);
}

/** A host who sends nothing, so that each packet is Vera's. */
async function quietHost(people: People): Promise<[Person, Room]> {
  const host = await people.member("Hanna Host", { faults: { microphone: "missing", camera: "missing" } });
  return [host, await startMeeting(host, { access: "open" })];
}

test("[M7] [T1] while microphones are locked a voice called share sound reaches no one, beside a share picture or without", async ({
  people,
}) => {
  const [host, room] = await quietHost(people);
  const { vera, listener } = await foreignClients(people, room);
  await openControls(host);
  await setSwitch(host, "Participants can unmute", false);
  expect(await vera.publishSound("screen_share_audio")).not.toBe("published");
  await expectSilent(host.page, room.code, "Vera");
  expect((await listener.seen()).packets).toBe(0);

  expect(await vera.publishPicture("screen_share")).toBe("published");
  await expect(host.page.getByRole("region", { name: "Vera’s screen" })).toBeVisible();
  expect(await vera.publishSound("screen_share_audio")).not.toBe("published");
  await expectSilent(host.page, room.code, "Vera");
  expect(await publishedBy(room.code, "Vera")).toEqual(["SCREEN_SHARE"]);
});

test("[M7] a lock of microphones ends share sound that is on the air", async ({ people }) => {
  const [host, room] = await quietHost(people);
  const { vera } = await foreignClients(people, room);
  await vera.publishPicture("screen_share");
  expect(await vera.publishSound("screen_share_audio")).toBe("published");
  await expectHears(host.page, room.code, "Vera");
  await openControls(host);
  await setSwitch(host, "Participants can unmute", false);
  await expectSilent(host.page, room.code, "Vera");
  await expect.poll(() => publishedBy(room.code, "Vera")).toEqual(["SCREEN_SHARE"]);
});

test("[W20] [N15] share sound without a share picture is not played, and is taken away", async ({ people }) => {
  const [host, room] = await quietHost(people);
  const { vera, listener } = await foreignClients(people, room);
  await vera.publishSound("screen_share_audio");
  await expectNoPackets(listener);
  await expectSilent(host.page, room.code, "Vera");
  await expect.poll(() => publishedBy(room.code, "Vera")).toEqual([]);

  // Beside a picture it is heard; once the picture is gone it is not.
  await vera.publishPicture("screen_share");
  await vera.publishSound("screen_share_audio");
  await expectHears(host.page, room.code, "Vera");
  await vera.unpublish("screen_share");
  await expectSilent(host.page, room.code, "Vera");
  await expectNoPackets(listener);
});

for (const way of ["mute", "mute-all"] as const) {
  test(`[M4] [M6] [N136] ${way} takes share sound too, and a tile says muted only of a participant who is silent`, async ({
    people,
  }) => {
    const [host, room] = await quietHost(people);
    const { vera } = await foreignClients(people, room);
    await vera.publishPicture("screen_share");
    await vera.publishSound("screen_share_audio");
    await expectHears(host.page, room.code, "Vera");
    await expect(tileOf(host.page, "Vera")).toHaveAttribute("aria-label", /sharing audio/);
    await expect(tileOf(host.page, "Vera")).not.toHaveAttribute("aria-label", /muted/);
    if (way === "mute") await act(host, "Vera", "Mute Vera");
    else {
      await host.openPeople();
      await host.page.getByRole("button", { name: "Mute all" }).click();
    }
    await expectSilent(host.page, room.code, "Vera");
    await expect(tileOf(host.page, "Vera")).toHaveAttribute("aria-label", /muted/);
    await expect.poll(() => publishedBy(room.code, "Vera")).toEqual(["SCREEN_SHARE"]);
  });
}
