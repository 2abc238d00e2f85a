import { expect, test, type Person, type Room } from "./support/actors.ts";
import { expel } from "./support/hosting.ts";
import { knockCard, meet, queueOf, startMeeting } from "./support/meetings.ts";
import { cutNetwork } from "./support/network.ts";
import { lockPhone } from "./support/phone.ts";
import { redis, roomKey } from "./support/redis.ts";

/** The story is how long a guest is away; nothing is waited for by it. */
const away = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const GONE = /WebSocket|net::ERR|Failed to load resource|Failed to fetch|blocked by CORS policy/;

test("[L40] [L41] [N101] [S21] a guest who closes the tab or loses the network leaves the list, a locked phone stays on it", async ({
  people,
  host,
  guest: ada,
}) => {
  test.setTimeout(240_000);
  const ben = await people.apart({ name: "Ben", isSignedIn: false });
  const cleo = await people.apart({ name: "Cleo", isSignedIn: false });
  for (const person of [ben, cleo]) person.expectErrors(GONE);
  const room = await startMeeting(host);
  for (const person of [ada, ben, cleo]) await person.askToJoin(room);
  await expect(knockCard(host)).toContainText("3 people are waiting");
  for (const name of ["Ada", "Ben", "Cleo"]) await isConnected(room, name);

  const wake = await lockPhone(cleo.page);
  await expect
    .poll(() => ticketField(room, "Cleo", "isHidden"), { message: "the page said that it is hidden" })
    .toBe("1");
  const [restoreCleo, restoreBen] = [await cut(cleo), await cut(ben)];
  await ada.page.close();
  try {
    // LiveKit takes 20 s to notice, and the minute of a lost connection begins then.
    const longerThanTheMinute = away(90);
    await expect(knockCard(host)).not.toContainText("people are waiting", { timeout: 20_000 });
    await expect(knockCard(host)).toContainText("Cleo");
    expect((await queueOf(host, room)).map(({ name }) => name)).toEqual(["Cleo"]);
    await longerThanTheMinute;
    await expect(knockCard(host)).toContainText("screen locked");
    await host.admit("Cleo");
    await expect(knockCard(host)).toBeHidden();
  } finally {
    restoreCleo();
    restoreBen();
  }

  await wake();
  await cleo.expectInside();
  // A figure, and no condition: a busy machine takes longer.
  test
    .info()
    .annotations.push({ type: "woken page knows after, ms", description: String(await answeredAfterMs(cleo)) });
  await expect(ben.page.getByText("because this device was offline for a minute")).toBeVisible({ timeout: 15_000 });
});

test("[L40] a guest whose network is back within the minute is on the list again, at the old place", async ({
  people,
  host,
  guest: ada,
}) => {
  const ben = await people.apart({ name: "Ben", isSignedIn: false });
  ben.expectErrors(GONE);
  const room = await startMeeting(host);
  await ben.askToJoin(room);
  await ada.askToJoin(room);
  await expect(knockCard(host)).toContainText("2 people are waiting");
  const restore = await cut(ben);
  try {
    await expect(knockCard(host)).not.toContainText("people are waiting", { timeout: 20_000 });
  } finally {
    restore();
  }
  await expect(knockCard(host)).toContainText("2 people are waiting", { timeout: 20_000 });
  expect((await queueOf(host, room)).map(({ name }) => name)).toEqual(["Ben", "Ada"]);
  await ben.expectWaiting();
});

test("[L43] [N103] [S22] a browser that keeps no cookies learns so at the door, and no host is asked", async ({
  people,
  host,
}) => {
  const room = await startMeeting(host);
  const guest = await people.guest("Ada");
  await dropCookies(guest);
  await guest.visit(room);
  await guest.expectHeading("Cookies are blocked");
  for (let press = 0; press < 3; press += 1) {
    await guest.page.getByRole("button", { name: "Try again" }).click();
    await guest.sayName();
    await guest.page.getByRole("button", { name: "Ask to join" }).click();
    await guest.expectHeading("Cookies are blocked");
  }
  expect(await queueOf(host, room)).toEqual([]);
  await expect(knockCard(host)).toBeHidden();

  await guest.context.unrouteAll({ behavior: "wait" });
  await guest.page.getByRole("button", { name: "Try again" }).click();
  await guest.page.getByRole("button", { name: "Ask to join" }).click();
  await guest.expectWaiting();
  expect(await queueOf(host, room)).toHaveLength(1);
});

test("[L44] [L43] a first visit causes no error, and asking is one request", async ({ host, guest }) => {
  const room = await startMeeting(host);
  const answers: string[] = [];
  guest.page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/api/")) answers.push(`${response.request().method()} ${pathname} ${response.status()}`);
  });
  await guest.askToJoin(room);
  expect(answers.filter((line) => !line.endsWith(" 200"))).toEqual([]);
  expect(answers.filter((line) => line.startsWith("POST"))).toEqual([`POST /api/rooms/${room.code}/entry 200`]);
});

test("[L45] [S21] after a removal the door says so, also after a reload", async ({ host, guest }) => {
  await meet(host, guest);
  await expel(host, "Ada");
  await guest.expectHeading("You were removed from this meeting");
  await guest.page.reload();
  await guest.expectHeading("You were removed from this meeting");
  await guest.page.getByRole("button", { name: "Try again" }).click();
  await guest.sayName();
  await guest.page.getByRole("button", { name: "Ask to join" }).click();
  await guest.expectWaiting();
  await host.admit("Ada");
  await guest.expectInside();
});

const cut = (person: Person) => cutNetwork(person.context.browser()!);

async function ticketField({ code }: Room, name: string, field: string): Promise<string | null> {
  const tickets = await redis<string[]>("HVALS", roomKey(code, "tickets"));
  for (const id of tickets) {
    const [own, value] = await redis<(string | null)[]>("HMGET", roomKey(code, `ticket:${id}`), "name", field);
    if (own === name) return value ?? null;
  }
  return null;
}

/** Waits until LiveKit's word of the guest's connection to the lobby has come. */
async function isConnected(room: Room, name: string): Promise<void> {
  await expect.poll(() => ticketField(room, name, "isConnected"), { message: `${name} is connected` }).toBe("1");
}

/** Between waking and the first answer on what has become of the request, in milliseconds, by the page's own clock. */
function answeredAfterMs({ page }: Person): Promise<number> {
  return page.evaluate(() => {
    const wokeAtMs = performance.getEntriesByName("woke").at(-1)?.startTime ?? 0;
    const answers = performance
      .getEntriesByType("resource")
      .filter((entry) => entry.name.endsWith("/ticket") && entry.startTime >= wokeAtMs) as PerformanceResourceTiming[];
    return Math.round((answers[0]?.responseEnd ?? Infinity) - wokeAtMs);
  });
}

/** Has the browser send and keep no cookies, as its settings for a site may do. */
async function dropCookies({ context }: Person): Promise<void> {
  await context.route(/\/api\//, async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders();
    const response = await route.fetch({ headers });
    const kept = Object.entries(response.headers()).filter(([name]) => name !== "set-cookie");
    await route.fulfill({ response, headers: Object.fromEntries(kept) });
    await context.clearCookies();
  });
}
