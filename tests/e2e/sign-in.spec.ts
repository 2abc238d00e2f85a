import { randomBytes } from "node:crypto";
import { expect, test, type Person } from "./support/actors.ts";
import { look } from "./support/look.ts";
import { startMeeting } from "./support/meetings.ts";
import { readStack } from "./support/stack.ts";

/** A new login. The provider calls `ada.x1` "Ada X1". */
const newLogin = () => `ada.x${randomBytes(4).toString("hex")}`;

async function signIn(person: Person, login: string, from = "/sign-in"): Promise<void> {
  await person.page.goto(from);
  await person.page.getByRole("button", { name: "Continue with Test identity provider" }).click();
  await person.page.getByLabel("Login").fill(login);
  await person.page.getByRole("button", { name: "Sign in" }).click();
  await expect(person.page.getByRole("button", { name: /^Account menu for Ada X/ })).toBeVisible();
}

test("[A11] one signs in at a real provider, comes back to where one was going, starts a meeting and signs out", async ({
  people,
}) => {
  const ada = await people.guest("Ada");
  await ada.page.goto("/");
  await ada.page.getByRole("main").getByRole("link", { name: "New meeting" }).click();
  await expect(ada.page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(ada, newLogin(), ada.page.url());
  await expect(ada.page).toHaveURL(/\/\?start=now$/);
  await ada.page.getByRole("button", { name: "New meeting" }).click();
  await ada.page.getByRole("button", { name: "Start meeting" }).click();
  await ada.expectInside();
  await expect(ada.tile("You")).toHaveAttribute("aria-label", /Host/);

  await ada.page.goto("/");
  const leave = async () => {
    await ada.page.getByRole("button", { name: /^Account menu for/ }).click();
    await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
  };
  ada.expectErrors(/net::ERR_FAILED .*signout/);
  await ada.page.route("**/api/auth/signout", (route) => route.abort());
  await leave();
  await expect(ada.page.getByText("Couldn’t sign out")).toBeVisible();
  await ada.page.unroute("**/api/auth/signout");
  await leave();
  await expect(ada.page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  expect((await (await ada.api()).get("/api/rooms")).status).toBe(401);
  expect((await ada.context.cookies()).filter(({ name, value }) => name.includes("session-token") && value)).toEqual(
    [],
  );
});

test("[A33] a refused user reads why, who can host, and how to join without an account", async ({ guest }) => {
  await guest.page.goto("/sign-in?error=host_not_allowed&callbackUrl=/meet/abc-defg-hij");
  await expect(guest.page.getByText("This account can’t host meetings here")).toBeVisible();
  await expect(guest.page.getByText("host_not_allowed")).toBeVisible();
  await expect(guest.page.getByText("To join a meeting you need no account")).toBeVisible();
  await look(guest.page, "sign-in-refused");
  await expect(guest.page.getByRole("link", { name: "Back to the meeting" })).toHaveAttribute(
    "href",
    "/meet/abc-defg-hij",
  );
});

test("[A13] signing out ends every copy of the session, and no other session of the account", async ({ people }) => {
  const [laptop, phone] = [await people.guest("Ada"), await people.guest("Ben")];
  const login = newLogin();
  await signIn(laptop, login);
  await signIn(phone, login);
  const copied = (await laptop.context.cookies()).find(({ name }) => name.includes("session-token"))!;
  const thief = await people.scriptedGuest();
  const asThief = () => thief.ask("/api/rooms", { headers: { cookie: `${copied.name}=${copied.value}` } });
  expect((await asThief()).status).toBe(200);

  await laptop.page.getByRole("button", { name: /^Account menu for/ }).click();
  await laptop.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(laptop.page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();

  expect((await asThief()).status).toBe(401);
  // Pages refuse the copy as well.
  await laptop.context.addCookies([copied]);
  await laptop.page.goto("/");
  await expect(laptop.page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  expect((await (await phone.api()).get("/api/rooms")).status).toBe(200);
});

test("[A14] two session cookies in one request count as none for API, pages and next-auth", async ({ people }) => {
  const [attacker, victim] = [await people.member("Attacker Al"), await people.member("Victim Vi")];
  const cookieOf = async ({ context }: Person) =>
    (await context.cookies())
      .filter(({ name }) => name.includes("session-token"))
      .map(({ name, value }) => `${name}=${value}`)[0]!;
  const both = { cookie: `${await cookieOf(attacker)}; ${await cookieOf(victim)}` };
  const client = await people.scriptedGuest();
  expect((await client.ask("/api/rooms", { headers: both })).status).toBe(401);
  const page = (await client.ask("/", { headers: both })).text;
  expect(page).not.toMatch(/Attacker Al|Victim Vi/);
  expect((await client.ask("/api/auth/session", { headers: both })).text).toBe("{}");
  expect((await client.ask("/", { headers: { cookie: await cookieOf(victim) } })).text).toContain("Victim Vi");
});

test("[A4] signing in and out leads nowhere but to this site", async ({ people }) => {
  const { baseUrl } = readStack();
  const ada = await people.guest("Ada");
  const login = newLogin();
  const payloads = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/%5Cevil.example",
    "\thttps://evil.example",
    "javascript:alert(1)",
    `${baseUrl}.evil.example/`,
    `${baseUrl}@evil.example/`,
    "/api/auth/signout",
  ];
  for (const payload of payloads) {
    await ada.context.clearCookies({ domain: "localhost" });
    await ada.page.goto(`/sign-in?callbackUrl=${encodeURIComponent(payload)}`);
    await ada.page.getByRole("button", { name: "Continue with Test identity provider" }).click();
    // The provider remembers the login after the first time.
    const account = ada.page.getByRole("button", { name: /^Account menu for/ });
    const field = ada.page.getByLabel("Login");
    await expect(account.or(field)).toBeVisible();
    if (await field.isVisible()) {
      await field.fill(login);
      await ada.page.getByRole("button", { name: "Sign in" }).click();
      await expect(account).toBeVisible();
    }
    expect(new URL(ada.page.url()).origin, payload).toBe(baseUrl);
    expect(new URL(ada.page.url()).pathname, payload).not.toMatch(/^\/api\//);
  }
});

test("[A1] [T7] no other browser receives a user's email address or the provider's name for them", async ({
  people,
  guest,
}) => {
  const ada = await people.guest("Ada");
  const login = newLogin();
  await signIn(ada, login);
  const shownName = login
    .split(".")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join(" ");
  const room = await startMeeting(ada, { access: "open" });
  await guest.joinNow(room);
  await guest.openPeople();
  await guest.openChat();
  await expect(guest.tile(shownName)).toBeVisible();

  const received = (await guest.received.texts()).map((text) => text.toLowerCase());
  // The control: what is looked for is what one gets to read.
  expect(received.some((text) => text.includes(shownName.toLowerCase()))).toBe(true);
  for (const secret of [`${login}@example.test`, "@example.test", login, ada.accountId]) {
    expect(
      received.filter((text) => text.includes(secret)),
      secret,
    ).toEqual([]);
  }
  // Nor does one's own session hold more than is needed.
  const session = await (await ada.api()).get("/api/auth/session");
  expect(JSON.stringify(session.body)).not.toContain("example.test");
  expect(Object.keys(session.body).toSorted()).toEqual(["accountId", "expires", "user"]);
});
