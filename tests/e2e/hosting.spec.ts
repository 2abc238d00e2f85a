import { labelled } from "./support/media.ts";
import { expect, test, type Room } from "./support/actors.ts";
import { originalAndRefreshed } from "./support/held-tokens.ts";
import { act, openControls, setSwitch } from "./support/hosting.ts";
import { identityOf, namesInside } from "./support/livekit-admin.ts";
import { makeCohost, meet } from "./support/meetings.ts";
import { redis, roomKey } from "./support/redis.ts";

test("[M1] [M12] a co-host may do a host's work on participants and nothing to the host, and no more once unmade", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest, secondGuest);
  await act(host, "Ada", "Make Ada a co-host");
  await expect(guest.toast("You are now a co-host")).toBeVisible();
  await expect(host.tile("Ada")).toHaveAttribute("aria-label", labelled("Ada, Co-host, guest"));
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

  await act(host, "Ada", "Remove Ada as co-host");
  await expect(guest.toast("You are no longer a co-host")).toBeVisible();
  expect((await cohost.moderate(room.code, { action: "mute", identity: benIdentity })).status).toBe(403);
  expect(await namesInside(room.code)).toEqual(["Ada", "Ben", host.name]);
});

test("[R16] [R6] ending for everyone disconnects and notifies all, and old tokens no longer work", async ({
  people,
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  const waiting = await people.guest("Wanda");
  const held = await originalAndRefreshed(guest);
  await (await host.api()).moderate(room.code, { action: "set-access", access: "ask" });
  await waiting.askToJoin(room);

  await host.control("Leave or end meeting").click();
  await host.page.getByRole("menuitem", { name: "End meeting for everyone" }).click();
  await host.page.getByRole("button", { name: "End for everyone" }).click();

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

  await host.page.getByRole("button", { name: "Start again" }).click();
  await host.page.getByRole("button", { name: "Start meeting again" }).click();
  await host.expectInside();
  await expect.poll(() => namesInside(room.code)).toEqual([host.name]);
});

test("[M14] [M16] a meeting without its host goes to the co-host after a minute, and back to the owner on return", async ({
  host,
  cohost,
  guest,
}) => {
  const room = await meet(host, cohost, guest);
  await makeCohost(host, room, cohost.name);
  await expect(guest.tile(cohost.name)).toHaveAttribute("aria-label", /Co-host/);
  await host.control("Leave or end meeting").click();
  await host.page.getByRole("menuitem", { name: "Leave meeting" }).click();
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

test("[M13] [I8] the host activity is readable for hosts only", async ({ host, guest }) => {
  const room = await meet(host, guest);
  await act(host, "Ada", "Mute Ada");
  await openControls(host);
  await setSwitch(host, "Lock meeting", true);
  await host.page.locator("summary", { hasText: "Host activity" }).click();
  await expect(host.page.getByRole("listitem").getByText(`${host.name} muted Ada`)).toBeVisible();
  await expect(host.page.getByText(`${host.name} locked the meeting`)).toBeVisible();
  expect((await (await guest.api()).get(`/api/rooms/${room.code}/moderation`)).status).toBe(403);
});
