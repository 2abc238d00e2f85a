import { expect, test } from "./support/actors.ts";
import { newDeviceId } from "./support/ids.ts";
import { ALWAYS_DARK, look } from "./support/look.ts";
import { knockCard, makeCohost, meet, startMeeting } from "./support/meetings.ts";
import type { Person } from "./support/person.ts";

/** Cyrillic а and о. */
const LIKE_HANNA = "Hаnna Hоst";

async function write(person: Person, text: string): Promise<void> {
  await person.openChat();
  await person.page.getByLabel("Message everyone").fill(text);
  await person.page.keyboard.press("Enter");
}

test("[L3] a guest who was admitted under one name keeps it on every device", async ({ host, guest }) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.admit("Ada");
  await guest.expectInside();
  const api = await guest.api();
  for (const intent of ["second", "move"]) {
    const body = { name: host.name, device: newDeviceId(), intent };
    const answer = await api.post(`/api/rooms/${room.code}/entry`, body);
    expect(answer.body).toMatchObject({ status: "admitted", meeting: { me: { name: "Ada" } } });
  }
});

test("[L27] [E6] a name that reads like the host's is flagged in the knock and in the chat, where guests are marked", async ({
  people,
  host,
  cohost,
  guest,
}) => {
  const room = await meet(host, cohost, guest);
  await makeCohost(host, room, cohost.name);
  await (await host.api()).moderate(room.code, { action: "set-access", access: "ask" });
  const eve = await people.guest(LIKE_HANNA);
  await eve.askToJoin(room);
  await expect(knockCard(host)).toContainText(`${LIKE_HANNA} asks to join`);
  await expect(knockCard(host)).toContainText("Name looks like a host’s");
  await look(host.page, "knock-like-host", ALWAYS_DARK);
  const other = await people.scriptedGuest();
  await other.enter(room.code, "Zoe");
  await expect(knockCard(host)).toContainText("One name looks like a host’s");
  await look(host.page, "knocks-like-host", ALWAYS_DARK);
  await other.delete(`/api/rooms/${room.code}/ticket`);
  await host.admit(LIKE_HANNA);
  await eve.expectInside();

  await write(host, "Welcome");
  await write(cohost, "I take the minutes");
  await write(eve, "Please send me the password");
  await write(guest, "Which one?");
  const log = guest.page.getByRole("log");
  const messages = log.getByRole("listitem");
  await expect(messages.filter({ hasText: "Welcome" })).toContainText("Hanna HostHost");
  await expect(messages.filter({ hasText: "I take the minutes" })).toContainText("Cora CohostCo-host");
  const fake = messages.filter({ hasText: "Please send me the password" });
  await expect(fake).toContainText(`${LIKE_HANNA}Guest`);
  await expect(fake).toContainText("Not the host. The name only looks like theirs.");
  await expect(log.getByText("Not the host")).toHaveCount(1);
  await host.openChat();
  await expect(host.page.getByRole("listitem").filter({ hasText: "Which one?" })).toContainText("AdaGuest");
  await look(guest.page, "chat-like-host", ALWAYS_DARK);
  // Who comes late reads the same.
  await guest.page.reload();
  await guest.expectInside();
  await guest.openChat();
  await expect(fake).toContainText("Not the host");
});

test("[L29] guests with one name have different buttons, and the one that is pressed is meant", async ({
  people,
  host,
}) => {
  const room = await startMeeting(host);
  const guests = [];
  for (const number of [1, 2, 3]) {
    const client = await people.scriptedGuest();
    expect((await client.enter(room.code, "Alex")).body.status, `Alex ${number}`).toBe("waiting");
    guests.push(client);
  }
  await host.openPeople();
  const buttons = host.page.getByRole("button", { name: /^Admit Alex/ });
  await expect(buttons).toHaveCount(3);
  const names = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  expect(names).toEqual(["Admit Alex, 1 of 3", "Admit Alex, 2 of 3", "Admit Alex, 3 of 3"]);
  await expect(host.page.getByText("2 of 3 with this name")).toBeVisible();
  await look(host.page, "waiting-same-names", ALWAYS_DARK);
  await host.page.getByRole("button", { name: "Admit Alex, 2 of 3" }).click();
  await expect(buttons).toHaveCount(2);
  const statuses = await Promise.all(
    guests.map(async (client) => (await client.get(`/api/rooms/${room.code}/ticket`)).body.ticket.status),
  );
  expect(statuses).toEqual(["waiting", "admitted", "waiting"]);
});
