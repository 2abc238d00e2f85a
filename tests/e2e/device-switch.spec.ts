import { expect, test } from "./support/actors.ts";
import { ON, OFF, TWO_OF_EACH, choose, joinWith } from "./support/device-stories.ts";
import { camera, machineOf, microphone } from "./support/fake-machine.ts";
import { expectHears, expectSees, labelled } from "./support/media.ts";
import { startMeeting } from "./support/meetings.ts";

test.describe("a switch that fails", () => {
  for (const kind of ["microphone", "camera"] as const) {
    test(`[N122] keeps the old ${kind} running and says why`, async ({ people, host }) => {
      const taken = kind === "microphone" ? microphone("Taken", { isHeld: true }) : camera("Taken", { isHeld: true });
      const { room, ada, machine } = await joinWith(people, host, [...TWO_OF_EACH, taken]);
      await choose(ada, kind, taken.label);
      await expect(ada.toast(`${taken.label} is in use`)).toBeVisible();
      await expect(ada.control(ON[kind])).toBeVisible();
      expect(await machine.live()).toEqual(["cam-Front", "mic-Desk"]);
      if (kind === "microphone") await expectHears(host.page, room.code, "Ada");
      else await expectSees(host.page, "Ada");
      // The mark is where the sound comes from, also the next time.
      await ada.page.getByRole("button", { name: `Choose ${kind}` }).click();
      const used = kind === "microphone" ? "Desk microphone" : "Front camera";
      await expect(ada.page.getByRole("menuitemradio", { name: used })).toBeChecked();
    });
  }

  test("[N122] a switch that works is heard and seen from the new device, and the old one is let go", async ({
    people,
    host,
  }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await choose(ada, "microphone", "Headset microphone");
    await choose(ada, "camera", "Side camera");
    await expect.poll(machine.live).toEqual(["cam-Side", "mic-Headset"]);
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
    await expectSees(ada.page, "You");
    await ada.control(ON.microphone).click();
    await ada.control(ON.camera).click();
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted, camera off"));
    await ada.control(OFF.microphone).click();
    await ada.control(OFF.camera).click();
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
  });
});

test.describe("a device that another program has", () => {
  test("[N123] at the door the next one is offered, and works", async ({ people, host }) => {
    const room = await startMeeting(host, { access: "open" });
    const machine = [microphone("Desk", { isHeld: true }), ...TWO_OF_EACH.slice(1), camera("Back")];
    machine[2] = camera("Front", { isHeld: true });
    const ada = await people.guest("Ada", { machine });
    await ada.visit(room);
    await expect(ada.page.getByText("Your camera is in use")).toBeVisible();
    await expect(ada.page.getByText("Your microphone is in use")).toBeVisible();
    await ada.page.getByRole("button", { name: "Use Side camera" }).click();
    await ada.page.getByRole("button", { name: "Use Headset microphone" }).click();
    await expect.poll(machineOf(ada.page).live).toEqual(["cam-Side", "mic-Headset"]);
    await ada.sayName();
    await ada.page.getByRole("button", { name: "Join now" }).click();
    await ada.expectInside();
    await expectHears(host.page, room.code, "Ada");
    await expectSees(host.page, "Ada");
  });

  test("[N123] in the call the next one is offered, and choosing one by hand starts it", async ({ people, host }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await ada.control(ON.camera).click();
    await expect(ada.control(OFF.camera)).toBeVisible();
    await machine.hold("cam-Front");
    await ada.control(OFF.camera).click();
    await expect(ada.toast("Your camera is in use")).toBeVisible();
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, camera off"));
    await choose(ada, "camera", "Side camera");
    await expectSees(host.page, "Ada");
    await expect(ada.control(ON.camera)).toBeVisible();
    expect(await machine.live()).toEqual(["cam-Side", "mic-Desk"]);

    await ada.control(ON.camera).click();
    await machine.hold("cam-Side");
    await machine.release("cam-Front");
    await ada.control(OFF.camera).click();
    await ada.page.getByRole("button", { name: "Use Front camera" }).click();
    await expectSees(host.page, "Ada");
    await expectHears(host.page, room.code, "Ada");
  });
});
