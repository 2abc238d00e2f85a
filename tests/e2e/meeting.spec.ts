import type { Locator } from "@playwright/test";
import { expect, test, type Person } from "./support/actors.ts";
import { ALWAYS_DARK, look } from "./support/look.ts";
import { expectMoving, expectSees, tileOf, labelled } from "./support/media.ts";
import { dragByTouch } from "./support/phone.ts";
import { expectSeeAndHear, meet, startMeeting } from "./support/meetings.ts";

async function write(person: Person, text: string): Promise<void> {
  await person.openChat();
  await person.page.getByLabel("Message everyone").fill(text);
  await person.page.keyboard.press("Enter");
  await expect(messages(person).getByText(text, { exact: true })).toBeVisible();
}
async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error("It is not on the screen");
  return box;
}
const messages = (person: Person) => person.page.getByRole("log", { name: "Messages" });

test("[C3] [N70] [I1] [E6] chat is there at once, counted while unread, and still there after a reload and for who comes later", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest);
  await write(host, "Welcome, everyone");
  await write(host, "Notes: https://example.com/notes?a=1");
  await expect(guest.control("Chat, 2 unread")).toBeVisible();

  await guest.openChat();
  await expect(guest.control("Chat")).toBeVisible();
  await expect(messages(guest).getByText("Welcome, everyone")).toBeVisible();
  const link = messages(guest).getByRole("link", { name: "https://example.com/notes?a=1" });
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(link).toHaveAttribute("target", "_blank");

  const draft = guest.page.getByLabel("Message everyone");
  await draft.fill("Let me see who is here");
  await guest.openPeople();
  await guest.openChat();
  await expect(draft).toHaveValue("Let me see who is here");

  await guest.page.reload();
  await guest.expectInside();
  await guest.openChat();
  await expect(messages(guest).getByText("Welcome, everyone")).toBeVisible();
  await secondGuest.joinNow(room);
  await secondGuest.openChat();
  await expect(messages(secondGuest).getByText("Welcome, everyone")).toBeVisible();
  await write(secondGuest, "<b>late</b> but here");
  await expect(messages(host).getByText("<b>late</b> but here")).toBeVisible();
});

test("[I10] [C6] raised hands stand in the order they were raised, on every screen, until they go down", async ({
  host,
  guest,
  secondGuest,
}) => {
  await meet(host, guest, secondGuest);
  await host.openPeople();
  const hands = host.page.getByRole("region", { name: /^Raised hands/ }).getByRole("listitem");
  await secondGuest.control("Raise your hand").click();
  await expect(hands).toContainText(["Ben"]);
  await guest.control("Raise your hand").click();
  await expect(hands).toContainText(["Ben", "Ada"]);
  await expect(guest.tile("Ben")).toHaveAttribute("aria-label", /hand raised/);

  await host.page.getByRole("button", { name: "More actions for Ben" }).click();
  await host.page.getByRole("menuitem", { name: "Lower Ben’s hand" }).click();
  await expect(hands).toContainText(["Ada"]);
  await expect(hands).toHaveCount(1);
  await expect(secondGuest.toast(`${host.name} lowered your hand`)).toBeVisible();
  await host.page.getByRole("button", { name: "Lower all hands" }).click();
  await expect(hands).toHaveCount(0);
  await expect(guest.control("Raise your hand")).toBeVisible();
});

test("[E4] the list of people follows who comes, goes and changes, as it happens", async ({
  host,
  guest,
  secondGuest,
}) => {
  const room = await meet(host, guest);
  await host.openPeople();
  const here = host.page.getByRole("region", { name: /^In the meeting/ });
  await expect(here.getByRole("heading")).toHaveText("In the meeting (2)");
  await secondGuest.joinNow(room);
  await expect(here.getByRole("heading")).toHaveText("In the meeting (3)");
  await secondGuest.control(/^Turn microphone off/).click();
  await expect(here.getByRole("listitem").filter({ hasText: "Ben" })).toContainText("Ben, guest, muted");
  await secondGuest.control("Leave meeting").click();
  await expect(here.getByRole("heading")).toHaveText("In the meeting (2)");
  await expect(here.getByText("Ben")).toBeHidden();
  await expect(guest.tile("Ben")).toHaveCount(0);
});

test("[I16] [E6] a shared screen stands in front for the others, moves, and goes when it ends", async ({
  host,
  guest,
}) => {
  await meet(host, guest);
  await guest.control("Share your screen").click();
  const share = host.page.getByRole("region", { name: "Ada’s screen" });
  await expect(share).toBeVisible({ timeout: 15_000 });
  await expectMoving(share.locator("video"));
  await expect(host.tile("Ada")).toBeVisible();
  await look(host.page, "shared-screen", ALWAYS_DARK);

  await guest.control("Stop sharing your screen").click();
  await expect(share).toBeHidden();
  await expect(host.tile("Ada")).toBeVisible();
});

test("[I57] [I58] [E6] of two, the other one fills the stage, and my own tile moves, shrinks and hides", async ({
  host,
  guest,
}) => {
  const room = await meet(host, guest);
  await expectSeeAndHear(room, host, guest);
  const stage = await boxOf(host.page.getByRole("list", { name: "People on the stage" }));
  expect(await boxOf(host.tile("Ada"))).toEqual(stage);
  const mine = await boxOf(host.tile("You"));
  expect(mine.width / mine.height).toBeCloseTo(16 / 9, 1);
  await look(host.page, "pair", ALWAYS_DARK);

  const float = host.page.getByRole("group", { name: /^Your video/ });
  await float.focus();
  await host.page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await boxOf(host.tile("You"))).y).toBeLessThan(stage.y + stage.height / 2);
  await float.dragTo(host.tile("Ada"), { targetPosition: { x: 60, y: stage.height - 60 } });
  await expect.poll(async () => (await boxOf(host.tile("You"))).x).toBeLessThan(stage.x + stage.width / 2);
  await expect.poll(async () => (await boxOf(host.tile("You"))).y).toBeGreaterThan(stage.y + stage.height / 2);

  await float.hover();
  await host.page.getByRole("button", { name: "Make my video smaller" }).click();
  await expect.poll(async () => (await boxOf(host.tile("You"))).width).toBeLessThan(mine.width);
  await host.page.getByRole("button", { name: "Hide my video from myself" }).click();
  await expect(host.tile("You")).toBeHidden();
  await expectSees(guest.page, host.name);
  await host.page.getByRole("button", { name: "Show my video" }).click();
  await expect(host.tile("You")).toBeVisible();

  const now = await boxOf(host.tile("You"));
  const [middle, up] = [
    { x: now.x + now.width / 2, y: now.y + now.height / 2 },
    { x: stage.x + 80, y: stage.y + 60 },
  ];
  await dragByTouch(host.page, middle, up);
  await expect.poll(async () => (await boxOf(host.tile("You"))).y).toBeLessThan(stage.y + stage.height / 2);
});

test("[N20] [N21] sixteen people fit the stage without scrolling, at any size of window; the others are one page on", async ({
  people,
  host,
}) => {
  const room = await startMeeting(host, { access: "open" });
  // Eighteen seats without a browser: they cost this machine nothing.
  const crowd = await people.crowd(room, 18);
  await expect(host.page.getByText("Page 1 of 2")).toBeVisible({ timeout: 20_000 });
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await host.page.setViewportSize(size);
    const tiles = host.page.getByRole("list", { name: "People on the stage" }).getByRole("listitem");
    for (const tile of await tiles.all()) await expect(tile).toBeInViewport({ ratio: 1 });
    const overflow = await host.page.evaluate(
      () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
    );
    expect(overflow).toBe(0);
  }
  await host.page.setViewportSize({ width: 1440, height: 900 });
  const shown = host.page.locator("[data-identity]");
  await host.page.getByRole("button", { name: "Next page of people" }).click();
  await expect(host.page.getByText("Page 2 of 2")).toBeVisible();
  // Once the last page is full, all participants have arrived here, too.
  await expect(shown).toHaveCount(crowd.length + 1 - 16);
  const second = await namesShown(host);
  await host.page.getByRole("button", { name: "Previous page of people" }).click();
  await expect(shown).toHaveCount(16);
  const first = await namesShown(host);
  expect(new Set([...first, ...second]).size).toBe(crowd.length + 1);
});

function namesShown(person: Person): Promise<(string | null)[]> {
  return person.page
    .locator("[data-identity]")
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("data-identity")));
}

test("[E5] each tile shows the name, a muted microphone and a camera that is off", async ({ host, guest }) => {
  await meet(host, guest);
  await expect(tileOf(host.page, "Ada")).toHaveAttribute("aria-label", labelled("Ada, guest"));
  await guest.control(/^Turn microphone off/).click();
  await expect(tileOf(host.page, "Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted"));
  await guest.control(/^Turn camera off/).click();
  await expect(tileOf(host.page, "Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, muted, camera off"));
  await guest.control(/^Turn microphone on/).click();
  await expect(tileOf(host.page, "Ada")).toHaveAttribute("aria-label", labelled("Ada, guest, camera off"));
});
