import { expect, test, type Person } from "./support/actors.ts";
import { startMeeting } from "./support/meetings.ts";

const card = (host: Person) => host.page.getByRole("region", { name: "Waiting to join" });
const admitting = (host: Person) => host.toast("Admitting Ada");

/** Presses the key on the card until it works: directly after other keys it counts as typing. */
async function admitByKey(host: Person): Promise<void> {
  await expect(async () => {
    await host.page.keyboard.press("a");
    await expect(admitting(host)).toBeVisible({ timeout: 500 });
  }).toPass({ intervals: [1_200] });
}

/** The waiting list as the server has it. */
const waitingNames = async (host: Person, code: string) =>
  (await (await host.api()).get(`/api/rooms/${code}/lobby`)).body.guests.map(({ name }: { name: string }) => name);

/** Sends a key press of another keyboard layout. @returns whether the page handled it. */
type Key = { key: string; code: string; ctrlKey?: true; metaKey?: true };
const pressAs = (person: Person, init: Key) =>
  person.page.evaluate(
    (press) =>
      !document.body.dispatchEvent(new KeyboardEvent("keydown", { ...press, bubbles: true, cancelable: true })),
    init,
  );

test("[I27] typed text admits no one", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("press A to admit");

  await host.page.locator("body").click({ position: { x: 5, y: 5 } });
  await host.page.keyboard.type("Wait a moment, all of you", { delay: 60 });
  await expect(admitting(host)).toBeHidden();
  // The text can begin with the key itself.
  await expect(async () => {
    await host.page.keyboard.type("a moment", { delay: 60 });
    await expect(host.toast("Ada wasn’t admitted")).toBeVisible({ timeout: 500 });
  }).toPass({ intervals: [1_200] });
  await expect(admitting(host)).toBeHidden();
  expect(await waitingNames(host, room.code)).toEqual(["Ada"]);
  await guest.expectWaiting();
});

test("[I28] [I27] the key on the card admits after a delay in which it can be undone", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada asks to join");

  await admitByKey(host);
  await host.page.getByRole("button", { name: "Undo" }).click();
  await expect(admitting(host)).toBeHidden();
  await admitByKey(host);
  await host.page.keyboard.press("Control+z");
  await expect(admitting(host)).toBeHidden();
  // On the server the guest is still waiting, and has received no token.
  expect(await waitingNames(host, room.code)).toEqual(["Ada"]);
  await guest.expectWaiting();
  expect(await guest.mainRoomTokens()).toEqual([]);

  await admitByKey(host);
  await guest.expectInside();
  await expect(host.tile("Ada")).toBeVisible();
  await expect(admitting(host)).toBeHidden();
});

test("[I28] a guest who is denied during the delay stays out", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await expect(card(host)).toContainText("Ada asks to join");
  await admitByKey(host);
  await host.deny("Ada");
  await expect(admitting(host)).toBeHidden();
  await guest.expectHeading("You can’t join this meeting");
  expect(await guest.mainRoomTokens()).toEqual([]);
});

test("[I27] the key does nothing while no card shows it", async ({ people, host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await (await people.scriptedGuest()).enter(room.code, "Ben");
  await expect(card(host)).toContainText("2 people are waiting");
  await host.page.keyboard.press("a");
  await host.page.getByRole("button", { name: "Hide who’s waiting" }).click();
  await host.page.keyboard.press("a");
  await host.openPeople();
  await host.page.keyboard.press("a");
  await expect(host.toast(/^Admitting/)).toBeHidden();
  expect(await waitingNames(host, room.code)).toEqual(["Ada", "Ben"]);
});

test("[I25] [I26] shortcuts work on other keyboard layouts, and never with the Meta key", async ({ host }) => {
  await startMeeting(host);
  await expect(host.control("Turn microphone off")).toBeVisible();
  expect(await pressAs(host, { key: "в", code: "KeyD", ctrlKey: true })).toBe(true);
  await expect(host.control("Turn microphone on")).toBeVisible();
  expect(await pressAs(host, { key: "ג", code: "KeyD", ctrlKey: true })).toBe(true);
  await expect(host.control("Turn microphone off")).toBeVisible();
  expect(await pressAs(host, { key: "ψ", code: "KeyC" })).toBe(true);
  await expect(host.control(/^Chat/)).toHaveAttribute("aria-expanded", "true");

  const systems: Key[] = [
    { key: "d", code: "KeyD", metaKey: true },
    { key: "e", code: "KeyE", metaKey: true },
    { key: "h", code: "KeyH", metaKey: true },
    { key: ".", code: "KeyE", ctrlKey: true },
  ];
  for (const init of systems) expect(await pressAs(host, init), JSON.stringify(init)).toBe(false);
  await expect(host.control("Turn microphone off")).toBeVisible();
  await expect(host.control("Turn microphone off")).toHaveAttribute("aria-keyshortcuts", "Control+D");
});
