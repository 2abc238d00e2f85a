import { expect, test, type Person } from "./support/actors.ts";
import { holdScripts } from "./support/network.ts";
import { startOtherSite } from "./support/other-site.ts";
import { readStack } from "./support/stack.ts";
import { textsIn } from "./support/texts.ts";

/** A page as the server sent it, before any script ran. */
async function openBare(person: Person, path = "/"): Promise<() => void> {
  const letThrough = await holdScripts(person.page);
  await person.page.goto(path, { waitUntil: "commit" });
  return letThrough;
}

const myRooms = async (person: Person) => (await (await person.api()).get("/api/rooms")).body.rooms as unknown[];

test("[S20] a meeting asked for before the page can act starts once it can, once only", async ({ host }) => {
  const letThrough = await openBare(host);
  await host.page.getByRole("button", { name: "New meeting" }).click();
  await host.page.waitForURL(/start=pressed/, { waitUntil: "commit" });
  await expect(host.page.getByRole("button", { name: "New meeting" })).toHaveAttribute("aria-busy", "true");
  letThrough();
  await expect(host.page.getByRole("button", { name: "Start meeting" })).toBeVisible();

  await host.page.goBack();
  await expect(host.page.getByRole("link", { name: /^Open / })).toHaveCount(1);
  await expect(host.page).toHaveURL(/\/$/);
  expect(await myRooms(host)).toHaveLength(1);
});

test("[S20] a link for later and a code, sent before the page can act, are not lost either", async ({
  people,
  host,
}) => {
  const room = await host.openRoom({ access: "open" });
  const letThrough = await openBare(host);
  await host.page.getByRole("button", { name: "Create a link for later" }).click();
  await host.page.waitForURL(/start=later/, { waitUntil: "commit" });
  letThrough();
  await expect(host.page.getByRole("dialog", { name: "Create a link for later" })).toBeVisible();

  const guest = await people.guest("Ada");
  await openBare(guest);
  await guest.page.getByLabel("Join with a code or link").fill("abc-defg");
  await guest.page.getByRole("button", { name: "Join" }).click();
  // The complaint is there without a script.
  await expect(guest.page.getByText("Meeting codes have 10 letters, like abc-defg-hij. This one has 7.")).toBeVisible();
  await guest.page.getByLabel("Join with a code or link").fill(room.url.toUpperCase());
  await guest.page.getByRole("button", { name: "Join" }).click();
  await expect(guest.page).toHaveURL(room.url);
});

test("[S20] what is typed before the scripts run is joined after", async ({ host, guest }) => {
  const room = await host.openRoom({ access: "open" });
  const letThrough = await openBare(guest);
  await guest.page.getByLabel("Join with a code or link").fill(room.code);
  letThrough();
  await guest.page.waitForLoadState();
  await guest.page.getByRole("button", { name: "Join" }).click();
  await expect(guest.page).toHaveURL(room.url);
});

test("[S20] signing in, pressed before the page can act, leads to the provider once it can", async ({ guest }) => {
  const letThrough = await openBare(guest, "/sign-in?callbackUrl=/meet/abc-defg-hij");
  await guest.page.getByRole("button", { name: /^Continue with/ }).click();
  await guest.page.waitForURL(/way=/, { waitUntil: "commit" });
  letThrough();
  await expect(guest.page.getByLabel("Login")).toBeVisible();
  await guest.page.goBack();
  await guest.expectHeading("Sign in");
  await expect(guest.page).toHaveURL(/sign-in\?callbackUrl=%2Fmeet%2Fabc-defg-hij$/);
});

test("[S20] a link on another site starts no meeting", async ({ host }) => {
  const evil = await startOtherSite("127.0.0.1");
  try {
    await host.page.goto(evil.url);
    await host.page.evaluate((url) => {
      document.body.innerHTML = `<a href="${url}/?start=pressed">Win a prize</a>`;
    }, readStack().baseUrl);
    await host.page.getByRole("link").click();
    await expect(host.page.getByRole("button", { name: "New meeting" })).toBeFocused();
    await expect(host.page.getByText("No meetings yet")).toBeVisible();
    expect(await myRooms(host)).toEqual([]);
  } finally {
    await evil.close();
  }
});

test("[I47] a language chosen on the first page is that of every page, and stays chosen", async ({ people }) => {
  const { page } = await people.guest("Ada");
  const [english, spanish] = [textsIn("en"), textsIn("es")];
  await page.goto("/");
  await page.getByRole("combobox", { name: english("common.language") }).selectOption("es");
  await expect(page.getByRole("heading", { name: spanish("home.welcome") })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: spanish("signIn.title") })).toBeVisible();
});
