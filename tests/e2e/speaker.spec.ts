import { expect, test } from "./support/actors.ts";
import { camera, machineOf, microphone, speaker } from "./support/fake-machine.ts";
import { expectHears } from "./support/media.ts";
import { startMeeting } from "./support/meetings.ts";

const SPEAKERS = [microphone("Desk"), camera("Front"), speaker("Wall"), speaker("Headset")];

test.describe("the speaker", () => {
  test("[N120] that was chosen in the green room plays all participants, also later ones, and the chime", async ({
    people,
    guest,
    secondGuest,
  }) => {
    const host = await people.member("Hanna Host", { machine: SPEAKERS });
    const machine = machineOf(host.page);
    const room = await host.openRoom();
    await host.visit(room);
    await host.page.getByLabel("Speaker", { exact: true }).selectOption({ label: "Headset speaker" });
    await host.page.getByRole("button", { name: "Test speaker" }).click();
    await expect.poll(machine.notes).toContain("out-Headset");
    await host.page.getByRole("button", { name: "Start meeting" }).click();
    await host.expectInside();
    const before = (await machine.notes()).length;
    await guest.askToJoin(room);
    await expect.poll(async () => (await machine.notes()).slice(before)).toEqual(["out-Headset", "out-Headset"]);
    await host.admit("Ada");
    await expectHears(host.page, room.code, "Ada");
    expect(await machine.sinks()).toEqual(["out-Headset"]);
    await secondGuest.askToJoin(room);
    await host.admit("Ben");
    await expectHears(host.page, room.code, "Ben");
    expect(await machine.sinks()).toEqual(["out-Headset", "out-Headset"]);
  });

  test("[N121] that is gone is replaced by the system's, which is said, and is used again once it is back", async ({
    people,
    guest,
  }) => {
    const host = await people.member("Hanna Host", {
      machine: [...SPEAKERS.slice(0, 3), speaker("Headset", { isUnplugged: true })],
    });
    await host.context.addInitScript(() =>
      localStorage.setItem(
        "veet.devices",
        JSON.stringify({ speaker: "out-Headset", names: { speaker: "Headset speaker" } }),
      ),
    );
    const machine = machineOf(host.page);
    const room = await host.openRoom({ access: "open" });
    await host.visit(room);
    await expect(host.page.getByText("Headset speaker is not connected.")).toBeVisible();
    await host.start(room);
    await guest.joinNow(room);
    await expectHears(host.page, room.code, "Ada");
    expect(await machine.sinks()).toEqual([""]);
    await machine.plug("out-Headset");
    await expect.poll(machine.sinks).toEqual(["out-Headset"]);
    await machine.unplug("out-Headset");
    await expect.poll(machine.sinks).toEqual([""]);
    await expect(host.toast("Headset speaker was disconnected")).toBeVisible();
    await expectHears(host.page, room.code, "Ada");
  });
});

test("[N134] where the browser waits for a click before it plays sound, the screen says so, and one click is enough", async ({
  host,
  guest,
}) => {
  const room = await startMeeting(host, { access: "open" });
  await guest.context.addInitScript(() => {
    let isAllowed = false;
    const allow = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest("button")?.textContent?.includes("Turn on sound"))
        isAllowed = true;
    };
    addEventListener("click", allow, { capture: true });
    const play = HTMLMediaElement.prototype.play;
    HTMLAudioElement.prototype.play = async function playIfAllowed() {
      if (!isAllowed) throw new DOMException("play() failed because the user didn't interact", "NotAllowedError");
      return play.call(this);
    };
    Object.defineProperty(HTMLAudioElement.prototype, "autoplay", { set: () => {} });
  });
  await guest.joinNow(room);
  await expect(guest.page.getByText("Sound is blocked")).toBeVisible();
  await guest.page.getByRole("button", { name: "Turn on sound" }).click();
  await expect(guest.page.getByText("Sound is blocked")).toBeHidden();
  await expectHears(guest.page, room.code, host.name);
});
