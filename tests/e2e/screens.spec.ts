import { expect, test, type People, type Person, type Room } from "./support/actors.ts";
import type { ApiClient } from "./support/api.ts";
import { unusedCode } from "./support/ids.ts";
import { act } from "./support/hosting.ts";
import { identityOf, namesInside } from "./support/livekit-admin.ts";
import { ALWAYS_DARK, look } from "./support/look.ts";
import { startMeeting } from "./support/meetings.ts";
import { roomOf } from "./support/person.ts";
import { redis, roomKey } from "./support/redis.ts";

/** A room owner who uses the API only. */
type Owner = ApiClient & { open: (access: "ask" | "open") => Promise<Room> };

async function owner(people: People): Promise<Owner> {
  const client = await people.scriptedMember("Olga Owner");
  return {
    ...client,
    async open(access) {
      const room = roomOf((await client.post("/api/rooms", { access })).body.code);
      await client.enter(room.code);
      return room;
    },
  };
}

const press = (person: Person, name: string) => person.page.getByRole("button", { name }).click();

test("[E6] the screens before a meeting are accessible", async ({ people, guest }) => {
  const { page } = guest;
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "home");
  await page.goto("/?code=abc");
  await expect(page.getByText("Meeting codes have 10 letters")).toBeVisible();
  await look(page, "home-wrong-code");
  await page.goto("/sign-in?error=AccessDenied");
  await guest.expectHeading("Sign in");
  await look(page, "sign-in");
  await page.goto("/nothing-here");
  await guest.expectHeading("Page not found");
  await look(page, "not-found");

  const olga = await owner(people);
  const room = await olga.open("ask");
  await guest.visit(room);
  await guest.sayName();
  await look(page, "green-room-guest");
  await press(guest, "Ask to join");
  await guest.expectWaiting();
  await look(page, "waiting");
  const [waiting] = (await olga.get(`/api/rooms/${room.code}/lobby`)).body.guests;
  await olga.post(`/api/rooms/${room.code}/lobby/${waiting.ticketId}`, { verdict: "denied" });
  await guest.expectHeading("You can’t join this meeting");
  await look(page, "denied");
});

test("[E6] the screens of refusals are accessible", async ({ people, guest }) => {
  const { page } = guest;
  const olga = await owner(people);
  await guest.visit(roomOf(unusedCode()));
  await guest.expectHeading("Meeting not found");
  await look(page, "unknown");

  const room = await olga.open("ask");
  await redis("HSET", roomKey(room.code, "room"), "expiresAtMs", 1);
  await redis("DEL", roomKey(room.code, "session"));
  await guest.visit(room);
  await guest.expectHeading("This link has expired");
  await look(page, "expired");

  const locked = await olga.open("ask");
  await olga.moderate(locked.code, { action: "lock-room", isLocked: true });
  await guest.visit(locked);
  await guest.expectHeading("This meeting is locked");
  await look(page, "locked");
  await olga.moderate(locked.code, { action: "end" });
  await press(guest, "Try again");
  await guest.expectHeading("This meeting has ended");
  await look(page, "ended");

  const full = await olga.open("open");
  await redis("HSET", roomKey(full.code, "room"), "maxParticipants", 1);
  await guest.visit(full);
  await guest.sayName();
  await press(guest, "Join now");
  await guest.expectHeading("This meeting is full");
  await look(page, "full");

  const crowded = await olga.open("ask");
  // A class behind the guest's own address: an address has a share of the places.
  const classmates = await Promise.all(Array.from({ length: 30 }, () => people.scriptedGuest(guest.address)));
  await Promise.all(classmates.map((client, index) => client.enter(crowded.code, `Student ${index + 1}`)));
  await guest.visit(crowded);
  await guest.sayName();
  await press(guest, "Ask to join");
  await guest.expectHeading("Too many people are waiting");
  await look(page, "lobby-full");

  await page.route("**/api/rooms/**", () => {});
  await guest.visit(crowded);
  await expect(page.getByText("Looking up the meeting")).toBeVisible();
  await look(page, "looking-up");
  guest.expectErrors(/net::ERR_FAILED/);
  await page.unroute("**/api/rooms/**");
  await page.route("**/api/rooms/**", (route) => route.abort());
  await guest.visit(crowded);
  await guest.expectHeading("Can’t reach Veet");
  await look(page, "unreachable");
  await page.unroute("**/api/rooms/**");

  const guesser = await guest.api();
  const answers = await Promise.all(Array.from({ length: 24 }, () => guesser.get(`/api/rooms/${unusedCode()}`)));
  const refusal = answers.find(({ status }) => status === 429);
  if (!refusal) throw new Error("No request was refused");
  // The answer as it came: asked again, the server might have begun another minute.
  await page.route("**/api/rooms/**", (route) =>
    route.fulfill({ status: refusal.status, headers: refusal.headers, body: refusal.text }),
  );
  await guest.visit(crowded);
  await guest.expectHeading("Too many attempts");
  await look(page, "rate-limited");
});

test("[E6] the home page with meetings and the error page are accessible", async ({ host }) => {
  const { page } = host;
  const room = await host.openRoom({ title: "Weekly planning" });
  await page.goto("/");
  await expect(page.getByText("Weekly planning")).toBeVisible();
  await look(page, "home-signed-in");
  await press(host, "Create a link for later");
  await press(host, "Create link");
  await expect(page.getByRole("dialog", { name: "Your link is ready" })).toBeVisible();
  await look(page, "link-for-later");

  // A time that no calendar has.
  host.expectErrors(/Invalid time value/);
  await redis("HSET", roomKey(room.code, "room"), "expiresAtMs", 9e15);
  await page.goto("/");
  await host.expectHeading("Something went wrong");
  await look(page, "error");
  await redis("HSET", roomKey(room.code, "room"), "expiresAtMs", Date.now() + 1e9);
  await press(host, "Try again");
  await expect(page.getByText("Weekly planning")).toBeVisible();
});

test("[E6] the meeting's screens are accessible", async ({ people, host }) => {
  const { page } = host;
  const room = await startMeeting(host, { access: "open" });
  await look(page, "alone", ALWAYS_DARK);
  await people.crowd(room, 2);
  await expect(host.tile("Visitor 2")).toBeVisible();
  await look(page, "meeting", ALWAYS_DARK);
  await (await host.api()).moderate(room.code, { action: "set-access", access: "ask" });
  await (await people.scriptedGuest()).enter(room.code, "Ada");
  await expect(page.getByRole("button", { name: "Admit Ada" })).toBeVisible();
  await look(page, "knock", ALWAYS_DARK);

  await host.openPeople();
  for (const title of ["Host controls", "Blocked", "Host activity"]) {
    await page.locator("summary", { hasText: title }).click();
  }
  await look(page, "people", ALWAYS_DARK);
  await expect(page.locator("details[open]")).toHaveCount(3);
  await act(host, "Visitor 2", "Remove Visitor 2 from the meeting");
  const question = page.getByRole("dialog", { name: "Remove Visitor 2 from the meeting?" });
  await question.getByLabel("Also block them from rejoining").check();
  await look(page, "removal-question", ALWAYS_DARK);
  await expect(question.getByLabel("Also block them from rejoining")).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await host.deny("Ada");
  await host.openChat();
  await page.getByLabel("Message everyone").fill("Minutes are at https://example.com/minutes");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "https://example.com/minutes" })).toBeVisible();
  await look(page, "chat", ALWAYS_DARK);
  await host.control(/^Chat/).click();
  await host.control("More").click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look(page, "settings", ALWAYS_DARK);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await look(page, "shortcuts", ALWAYS_DARK);
  await page.keyboard.press("Escape");
  await page.goBack();
  await expect(page.getByRole("dialog", { name: "Leave meeting?" })).toBeVisible();
  await look(page, "leave-question", ALWAYS_DARK);
  await press(host, "Stay");
  await host.control("Leave or end meeting").click();
  await page.getByRole("menuitem", { name: "End meeting for everyone" }).click();
  await look(page, "end-question", ALWAYS_DARK);

  await press(host, "End for everyone");
  await host.expectHeading("The meeting has ended");
  await look(page, "after-end-host");
  await press(host, "Start again");
  await expect(page.getByRole("button", { name: "Start meeting again" })).toBeVisible();
  await look(page, "restart");
});

test("[E6] [N65] the screens after the call and on a second device say why and what to do", async ({
  people,
  host,
  guest,
}) => {
  const { page } = guest;
  const elsewhere = await people.scriptedMember(host.name, host.accountId);
  const room = await host.openRoom({ access: "open" });
  await elsewhere.enter(room.code);
  await host.visit(room);
  await look(host.page, "green-room-host");
  await press(host, "Join now");
  await host.expectHeading("You’re already in this meeting");
  await look(host.page, "elsewhere");
  await press(host, "Move call here");
  await host.expectInside();
  await elsewhere.enter(room.code, host.name, { intent: "move" });
  await host.expectHeading("You moved the call");
  await look(host.page, "after-move");

  await guest.joinNow(room);
  await guest.control("Leave meeting").click();
  await guest.expectHeading("You left the meeting");
  await look(page, "after-leaving");
  await press(guest, "Rejoin");
  await guest.expectInside();
  const remove = async (ban: boolean) => {
    await expect.poll(() => namesInside(room.code)).toContain("Ada");
    await elsewhere.moderate(room.code, { action: "expel", identity: await identityOf(room.code, "Ada"), ban });
  };
  await remove(false);
  await guest.expectHeading("You were removed from this meeting");
  await look(page, "after-removal");

  await press(guest, "Ask to rejoin");
  await guest.sayName();
  await press(guest, "Ask to join");
  await guest.expectWaiting();
  await elsewhere.post(`/api/rooms/${room.code}/lobby`, { verdict: "admitted" });
  await guest.expectInside();
  await remove(true);
  await expect(page.getByText("A host blocked you from rejoining")).toBeVisible();
  await look(page, "after-ban");
  await guest.visit(room);
  await guest.expectHeading("You can’t rejoin this meeting");
  await look(page, "banned");
});
