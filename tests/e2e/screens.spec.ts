import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, type Person } from "./support/actors.ts";
import { unusedCode } from "./support/ids.ts";
import { startMeeting } from "./support/meetings.ts";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

/** Looks at a screen at every size: nothing serious for axe, nothing wider than the window, and a picture for people to look at. */
async function look(page: Page, name: string, scheme: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect.soft(told, `${name}, ${scheme}, ${size.width} px`).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${name}, ${scheme}, ${size.width} px is wider than the window`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/screens/${name}-${scheme}-${size.width}.png` });
  }
}

for (const scheme of ["light", "dark"] as const) {
  test(`[E6] outside the meeting nothing keeps anybody out, in ${scheme}`, async ({ people }) => {
    test.setTimeout(300_000);
    const guest = await people.guest("Ada", { colorScheme: scheme });
    await guest.page.goto("/");
    await expect(guest.page.getByRole("heading", { level: 1 })).toBeVisible();
    await look(guest.page, "home", scheme);
    await guest.page.goto("/sign-in");
    await expect(guest.page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await look(guest.page, "sign-in", scheme);
    await guest.page.goto(`/meet/${unusedCode()}`);
    await guest.expectHeading("There is no meeting here");
    await look(guest.page, "unknown", scheme);

    const host = await people.member("Hanna Host", { colorScheme: scheme });
    const room = await host.openRoom({ title: "Weekly planning" });
    await host.page.goto("/");
    await expect(host.page.getByText("Weekly planning")).toBeVisible();
    await look(host.page, "home-signed-in", scheme);
    await host.visit(room);
    await expect(host.page.getByRole("button", { name: "Start the meeting" })).toBeVisible();
    await look(host.page, "green-room-host", scheme);

    await guest.visit(room);
    await expect(guest.page.getByRole("button", { name: "Ask to join" })).toBeVisible();
    await look(guest.page, "green-room-guest", scheme);
    await guest.askToJoin(room);
    await look(guest.page, "waiting", scheme);
    await host.start(room);
    await host.deny("Ada");
    await guest.expectHeading("You can't join this meeting");
    await look(guest.page, "denied", scheme);
  });

  test(`[E6] inside the meeting nothing keeps anybody out, in ${scheme}`, async ({ people }) => {
    test.setTimeout(300_000);
    const host = await people.member("Hanna Host", { colorScheme: scheme });
    const guest = await people.guest("Ada", { colorScheme: scheme });
    const room = await startMeeting(host, { access: "signed-in" });
    await look(host.page, "alone", scheme);
    await guest.askToJoin(room);
    await expect(host.page.getByRole("button", { name: "Admit Ada" })).toBeVisible();
    await look(host.page, "knock", scheme);
    await host.page.setViewportSize(SIZES[0]!);
    await host.admit("Ada");
    await guest.expectInside();
    await expect(host.tile("Ada")).toBeVisible();
    await look(host.page, "meeting", scheme);
    await lookAtPanels(host, scheme);

    await guest.control("Leave the meeting").click();
    await guest.expectHeading("You left the meeting");
    await look(guest.page, "left", scheme);
  });
}

async function lookAtPanels(host: Person, scheme: string): Promise<void> {
  await host.page.setViewportSize(SIZES[0]!);
  await host.openPeople();
  for (const title of ["Meeting controls", "Removed for good", "What hosts did"]) {
    await host.page.locator("summary", { hasText: title }).click();
  }
  await look(host.page, "people", scheme);
  await host.page.setViewportSize(SIZES[0]!);
  await host.openChat();
  await host.page.getByLabel("Message to everybody").fill("Minutes are at https://example.com/minutes");
  await host.page.keyboard.press("Enter");
  await expect(host.page.getByRole("link", { name: "https://example.com/minutes" })).toBeVisible();
  await look(host.page, "chat", scheme);
  await host.page.setViewportSize(SIZES[0]!);
  await host.control(/^Chat/).click();
  await host.control("More").click();
  await host.page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(host.page.getByRole("dialog")).toBeVisible();
  await look(host.page, "settings", scheme);
  await host.page.keyboard.press("Escape");
  await host.page.setViewportSize(SIZES[0]!);
  await host.control("Leave or end the meeting").click();
  await host.page.getByRole("menuitem", { name: "End the meeting for all" }).click();
  await look(host.page, "end-question", scheme);
  await host.page.getByRole("button", { name: "Cancel" }).click();
}
