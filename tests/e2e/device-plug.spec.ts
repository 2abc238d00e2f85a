import { expect, test } from "./support/actors.ts";
import { ON, OFF, TWO_OF_EACH, choose, joinWith } from "./support/device-stories.ts";
import { camera, machineOf, microphone } from "./support/fake-machine.ts";
import { expectHears, expectSees, labelled } from "./support/media.ts";
import { startMeeting } from "./support/meetings.ts";

test.describe("plugged out and in", () => {
  test("[N124] the device in use is unplugged: another one takes over, and that is said once", async ({
    people,
    host,
  }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await choose(ada, "microphone", "Headset microphone");
    await choose(ada, "camera", "Side camera");
    await expect.poll(machine.live).toEqual(["cam-Side", "mic-Headset"]);
    await machine.unplug("mic-Headset");
    await machine.unplug("cam-Side");
    await expect.poll(machine.live).toEqual(["cam-Front", "mic-Desk"]);
    await expect(ada.toast("Headset microphone was disconnected")).toHaveCount(1);
    await expect(ada.toast("Side camera was disconnected")).toHaveCount(1);
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
    await expect(ada.control(ON.microphone)).toBeVisible();
    await expect(ada.control(ON.camera)).toBeVisible();
  });

  test("[N124] a device that was chosen, switched off and unplugged is replaced when it is switched on", async ({
    people,
    host,
  }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await choose(ada, "microphone", "Headset microphone");
    await choose(ada, "camera", "Side camera");
    await expect.poll(machine.live).toEqual(["cam-Side", "mic-Headset"]);
    await ada.control(ON.microphone).click();
    await ada.control(ON.camera).click();
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted, camera off"));
    await machine.unplug("mic-Headset");
    await machine.unplug("cam-Side");
    await ada.control(OFF.microphone).click();
    await ada.control(OFF.camera).click();
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
    expect(await machine.live()).toEqual(["cam-Front", "mic-Desk"]);
  });

  test("[N125] the last one is unplugged: the screen says so to all, and what is plugged in again is picked up", async ({
    people,
    host,
  }) => {
    const { room, ada, machine } = await joinWith(people, host, [microphone("Only"), camera("Only")]);
    await expectHears(host.page, room.code, "Ada");
    await machine.unplug("mic-Only");
    await machine.unplug("cam-Only");
    await expect(ada.toast("No microphone found")).toBeVisible();
    await expect(ada.control(/^Turn microphone on\. No microphone found/)).toBeVisible();
    await expect(ada.control(/^Turn camera on\. No camera found/)).toBeVisible();
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted, camera off"));

    await machine.plug("mic-Only");
    await machine.plug("cam-Only");
    await expect(ada.control(ON.microphone)).toBeVisible();
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest"));
  });

  test("[N125] who joined without any is heard once a microphone is plugged in", async ({ people, host }) => {
    const { room, ada, machine } = await joinWith(people, host, [
      microphone("Late", { isUnplugged: true }),
      camera("Front"),
    ]);
    await expect(ada.control(/^Turn microphone on\. No microphone found/)).toBeVisible();
    await machine.plug("mic-Late");
    await expect(ada.toast("Late microphone is connected")).toBeVisible();
    await expect(ada.control(ON.microphone)).toBeVisible();
    await expectHears(host.page, room.code, "Ada");
  });

  test("[N124] a device that was remembered and is not there is replaced, and that is said", async ({
    people,
    host,
  }) => {
    const room = await startMeeting(host, { access: "open" });
    const machine = [...TWO_OF_EACH, microphone("Old", { isUnplugged: true }), camera("Old", { isUnplugged: true })];
    const ada = await people.guest("Ada", { machine });
    await ada.context.addInitScript(() =>
      localStorage.setItem(
        "veet.devices",
        JSON.stringify({ microphone: "mic-Old", camera: "cam-Old", names: { microphone: "Old microphone" } }),
      ),
    );
    await ada.visit(room);
    await expect(ada.page.getByText("Old microphone is not connected. Now using Desk microphone.")).toBeVisible();
    await expect(ada.page.getByText("is not connected. Now using Front camera.")).toBeVisible();
    await ada.sayName();
    await ada.page.getByRole("button", { name: "Join now" }).click();
    await ada.expectInside();
    await expectHears(host.page, room.code, "Ada");
    await machineOf(ada.page).plug("mic-Old");
    await ada.page.getByRole("button", { name: "Use Old microphone" }).click();
    await expect.poll(machineOf(ada.page).live).toEqual(["cam-Front", "mic-Old"]);
    await expectHears(host.page, room.code, "Ada");
  });
});
