import type { Page, Request } from "@playwright/test";
import { expect, test, type Person } from "../e2e/support/actors.ts";
import { expel } from "../e2e/support/hosting.ts";
import { expectMoving, videoOf } from "../e2e/support/media.ts";
import { knockCard } from "../e2e/support/meetings.ts";

/** Next and the browser log these for addresses that do not exist, in production too. */
const REFUSED = /status of 404/;

test("[E7] a newcomer's first meeting with `npm run dev`: start, knock, admit, see and hear, leave, reload, remove, switch, end", async ({
  people,
  guest,
}) => {
  const host = await people.guest("Hanna");
  for (const person of [host, guest]) person.expectErrors(REFUSED);
  const repeated = [host, guest].map(({ page }) => recordRepeated(page));

  await test.step("the host signs in and starts a meeting", async () => {
    await host.page.goto("/");
    await host.page.getByRole("link", { name: "New meeting" }).click();
    await host.page.getByLabel("Name").fill("Hanna");
    await host.page.getByLabel("Email").fill("hanna@example.com");
    await host.page.getByRole("button", { name: "Try it" }).click();
    await host.page.getByRole("button", { name: "New meeting" }).click();
    await host.page.getByRole("button", { name: "Start meeting" }).click();
    await host.expectInside();
  });
  const address = host.page.url();
  const outside = async (person: Person, heading: string) => {
    await person.expectHeading(heading);
    // Going back once stays on the meeting's page; going back twice leaves it.
    await expect(person.page).toHaveURL(address);
  };
  const letIn = async () => {
    await expect(knockCard(host)).toContainText("Ada asks to join");
    await host.admit("Ada");
    await guest.expectInside();
  };

  await test.step("a guest knocks, the host's chime plays once, and both see and hear each other", async () => {
    await guest.page.goto(address);
    await guest.sayName();
    await guest.page.getByRole("button", { name: "Ask to join" }).click();
    await expect(knockCard(host)).toContainText("Ada asks to join");
    expect(await host.page.evaluate(() => window.veetProbe?.notes)).toBe(2);
    await letIn();
    await expectMoving(videoOf(guest.page, "Hanna"));
    await expectMoving(videoOf(host.page, "Ada"));
    await expectSomeoneHeard(guest.page);
    await expectSomeoneHeard(host.page);
  });

  await test.step("the guest leaves and joins again", async () => {
    await guest.control("Leave meeting").click();
    await outside(guest, "You left the meeting");
    await guest.page.getByRole("button", { name: "Rejoin" }).click();
    await guest.expectInside();
    await expect(host.tile("Ada")).toBeVisible();
  });

  await test.step("a reload returns to the meeting directly", async () => {
    await host.page.reload();
    await host.expectInside();
    await expectMoving(videoOf(guest.page, "Hanna").last());
  });

  await test.step("the guest is removed", async () => {
    await expel(host, "Ada");
    await outside(guest, "You were removed from this meeting");
  });

  await test.step("the host switches the call to another tab", async () => {
    const other = await host.context.newPage();
    await other.goto(address);
    await other.getByRole("button", { name: "Join now" }).click();
    await other.getByRole("button", { name: "Move call here" }).click();
    await host.expectInside(other);
    await outside(host, "You moved the call");
    await host.control("Leave or end meeting", other).click();
    await other.getByRole("menuitem", { name: "End meeting for everyone" }).click();
    await other.getByRole("button", { name: "End for everyone" }).click();
    await host.expectHeading("The meeting has ended", other);
    await expect(other).toHaveURL(address);
  });
  expect(repeated.flat(), "sent twice").toEqual([]);
});

/** Requests that a screen sends once when it opens: my rooms, the meeting's card, entry. */
const OPENING = /\/api\/rooms(\/[a-z-]+(\/entry)?)?$/;

/** Records identical requests that a page sent again before the first was answered. */
function recordRepeated(page: Page): string[] {
  const open = new Set<string>();
  const repeated: string[] = [];
  const nameOf = (request: Request) => `${request.method()} ${request.url()}`;
  page.on("request", (request) => {
    if (!OPENING.test(request.url())) return;
    if (open.has(nameOf(request))) repeated.push(nameOf(request));
    open.add(nameOf(request));
  });
  page.on("requestfinished", (request) => open.delete(nameOf(request)));
  page.on("requestfailed", (request) => open.delete(nameOf(request)));
  return repeated;
}

async function expectSomeoneHeard(page: Page): Promise<void> {
  const startMs = await page.evaluate(() => performance.now());
  const loudAtMs = () =>
    page.evaluate(() => Math.max(0, ...Object.values(window.veetProbe?.audio ?? {}).map(({ loudAtMs: atMs }) => atMs)));
  await expect.poll(loudAtMs, { message: "no one is heard" }).toBeGreaterThan(startMs);
}
