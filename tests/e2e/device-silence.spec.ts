import { expect, test } from "./support/actors.ts";
import { ON, OFF, TWO_OF_EACH, choose, joinWith } from "./support/device-stories.ts";
import { camera, microphone } from "./support/fake-machine.ts";
import { publishedBy } from "./support/livekit-admin.ts";
import { expectHears, expectMoving, expectSees, expectSilent, labelled } from "./support/media.ts";

test.describe("silenced by the system, a key on the headset or another program", () => {
  test("[N126] button, sentence, announcement and the others' tiles say so, and when it is over all are back", async ({
    people,
    host,
  }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await expectHears(host.page, room.code, "Ada");
    await machine.silence("mic-Desk");
    await expect(ada.control(/^Turn microphone on\. Your microphone is silenced/)).toBeVisible();
    await expect(ada.toast("Your microphone is silenced")).toBeVisible();
    await expect(ada.page.locator("p[aria-live]", { hasText: "Your microphone is silenced" })).toHaveCount(1);
    await expect(ada.tile("You")).toHaveAttribute("aria-label", /muted/);
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted"));
    await expectSilent(host.page, room.code, "Ada");

    await machine.silence("cam-Front");
    await expect(ada.control(/^Turn camera on\. Your camera is paused/)).toBeVisible();
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted, camera off"));

    await machine.unsilence("mic-Desk");
    await machine.unsilence("cam-Front");
    await expect(ada.control(ON.microphone)).toBeVisible();
    await expect(ada.control(ON.camera)).toBeVisible();
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
  });

  test("[N126] a participant muted by a host in the meantime stays muted afterwards", async ({ people, host }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await expectHears(host.page, room.code, "Ada");
    await machine.silence("mic-Desk");
    await expect(ada.control(OFF.microphone)).toBeVisible();
    await host.openPeople();
    await host.page.getByRole("button", { name: "Mute all" }).click();
    await expect(ada.toast(`${host.name} muted you`)).toBeVisible();
    await machine.unsilence("mic-Desk");
    await expectSilent(host.page, room.code, "Ada");
    await expect(ada.control(OFF.microphone)).toBeVisible();
  });
});

test.describe("a device that never answers", () => {
  test("[N127] holds up nothing else, can be switched off, and a late answer switches nothing on", async ({
    people,
    host,
  }) => {
    const { room, ada, machine } = await joinWith(people, host, [
      microphone("Desk"),
      camera("Slow", { isHung: true }),
      camera("Side"),
    ]);
    await expectHears(host.page, room.code, "Ada");
    await expect(ada.control(/^Turn camera on\. Your camera isn’t responding/)).toBeVisible({ timeout: 20_000 });
    await ada.control(OFF.camera).click();
    await ada.control(ON.camera).click();
    await expect(ada.control("Turn camera on")).toBeVisible();
    await machine.answer("cam-Slow");
    await ada.control(ON.microphone).click();
    await expect(ada.control(OFF.microphone)).toBeVisible();
    expect(await machine.live()).toEqual(["mic-Desk"]);
    expect(await publishedBy(room.code, "Ada")).not.toContain("CAMERA");
    await expect(ada.control("Turn camera on")).toBeVisible();
  });

  test("[N127] another one can be chosen in the meantime", async ({ people, host }) => {
    const { ada, machine } = await joinWith(people, host, [
      microphone("Desk"),
      camera("Slow", { isHung: true }),
      camera("Side"),
    ]);
    await choose(ada, "camera", "Side camera");
    await expectSees(host.page, "Ada");
    await machine.answer("cam-Slow");
    await expect.poll(machine.live).toEqual(["cam-Side", "mic-Desk"]);
  });
});

test("[N131] only the sound of a share ends: the picture continues", async ({ people, host }) => {
  const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
  await ada.control("Share your screen").click();
  const share = host.page.getByRole("region", { name: "Ada’s screen" });
  await expect(share).toBeVisible();
  await expect.poll(() => publishedBy(room.code, "Ada")).toContain("SCREEN_SHARE_AUDIO");
  await machine.endShareSound();
  await expect.poll(() => publishedBy(room.code, "Ada")).not.toContain("SCREEN_SHARE_AUDIO");
  await expect(ada.page.getByText("Everyone can see your screen")).toBeVisible();
  await expectMoving(share.locator("video"));
  expect(await publishedBy(room.code, "Ada")).toContain("SCREEN_SHARE");
});
