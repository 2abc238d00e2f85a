import { expect, test } from "./support/actors.ts";
import { ON, TWO_OF_EACH, choose, joinWith } from "./support/device-stories.ts";
import { camera, machineOf, microphone } from "./support/fake-machine.ts";
import { expectHears, labelled } from "./support/media.ts";
import { startMeeting } from "./support/meetings.ts";
import { readStack } from "./support/stack.ts";

test.describe("permission", () => {
  test("[N132] one refused camera does not make the door say that the microphone is blocked", async ({
    people,
    host,
  }) => {
    const room = await startMeeting(host, { access: "open" });
    const machine = [microphone("Desk"), camera("Front", { isRefused: true })];
    const ada = await people.guest("Ada", { machine });
    await ada.visit(room);
    await expect(ada.page.getByText("Your camera is blocked")).toBeVisible();
    await expect(ada.page.getByRole("button", { name: "Turn microphone off" })).toBeVisible();
    await expect(ada.page.getByText("Your microphone is blocked")).toHaveCount(0);
    expect(await machineOf(ada.page).live()).toEqual(["mic-Desk"]);
  });

  test("[N133] taken away in the call it is said, and given back it is picked up", async ({ people, host }) => {
    const { room, ada, machine } = await joinWith(people, host, TWO_OF_EACH);
    await expectHears(host.page, room.code, "Ada");
    await machine.permit("microphone", "denied");
    await expect(ada.control(/^Turn microphone on\. Your microphone is blocked/)).toBeVisible();
    await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted"));
    await machine.permit("microphone", "granted");
    await expect(ada.control(ON.microphone)).toBeVisible();
    await expectHears(host.page, room.code, "Ada");
  });
});

test("[N130] the rear camera of a phone is not mirrored, the front one is", async ({ people, host }) => {
  const machine = [
    microphone("Phone"),
    camera("Front", { facingMode: "user" }),
    camera("Rear", { facingMode: "environment" }),
  ];
  const { ada } = await joinWith(people, host, machine);
  const mirroring = () =>
    ada
      .tile("You")
      .locator("video")
      .last()
      .evaluate((video) => getComputedStyle(video).scale);
  await expect.poll(mirroring).toBe("-1 1");
  await choose(ada, "camera", "Rear camera");
  await expect.poll(mirroring).toBe("none");
});

test("[N128] without WebRTC the door says so, and what to do", async ({ people, host }) => {
  const room = await startMeeting(host, { access: "open" });
  const ada = await people.guest("Ada");
  await ada.context.addInitScript(() => {
    for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete (window as any)[name];
  });
  await ada.visit(room);
  await expect(ada.page.getByText("This browser can’t join calls")).toBeVisible();
  await expect(ada.page.getByRole("button", { name: "Join now" })).toHaveCount(0);
});

test("[N129] a page that came over plain http says why there are no devices, and what to do", async ({
  people,
  host,
}) => {
  const room = await host.openRoom({ access: "open" });
  // A name that is not this machine's own makes the page an insecure one to the browser.
  const ada = await people.apart({ name: "Ada", isSignedIn: false }, ["--host-resolver-rules=MAP veet.test 127.0.0.1"]);
  const { port } = new URL(readStack().baseUrl);
  await ada.page.goto(`http://veet.test:${port}${room.path}`);
  await expect(ada.page.getByText("No camera on an insecure page")).toBeVisible();
  await expect(ada.page.getByText("No microphone on an insecure page")).toBeVisible();
  await expect(ada.page.getByText("Open it with https://").first()).toBeVisible();
  await expect(ada.page.getByRole("button", { name: "Join now" })).toBeVisible();
});
