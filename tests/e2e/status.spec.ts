import { expect, test, type Person } from "./support/actors.ts";
import { look } from "./support/look.ts";
import { startMeeting } from "./support/meetings.ts";
import { OPERATOR_ID } from "./support/operator.ts";
import { appLog, readStack } from "./support/stack.ts";

type Line = { event?: string; requestId?: string; identity?: string; action?: string };

/** What the server logged so far; Next's own lines are no JSON. */
function lines(): Line[] {
  const ours = appLog().split("\n").filter((line) => line.startsWith("{")); // prettier-ignore
  return ours.map((line) => JSON.parse(line) as Line);
}

test("[O6] to a guest and to any account but an operator's there is no status", async ({ guest, host }) => {
  for (const person of [guest, host]) {
    await person.page.goto("/status");
    await person.expectHeading("Page not found");
    const { status, text } = await (await person.api()).get("/api/status");
    expect(status).toBe(404);
    expect(text).not.toContain(readStack().livekit.site);
  }
});

test("[O29] only an operator may act, read an account or find a room", async ({ guest, host, people }) => {
  const room = await host.openRoom();
  const account = host.accountId;
  const operator = await people.member("Olga Operator", { accountId: OPERATOR_ID });
  const asked = async (person: Person) => {
    const api = await person.api();
    const answers = [
      await api.post("/api/status/actions", { action: "unblock", account }),
      await api.get(`/api/status/accounts/${account}`),
      await api.get(`/api/status/rooms/${room.code}`),
    ];
    return answers.map(({ status }) => status);
  };
  expect(await asked(guest)).toEqual([404, 404, 404]);
  expect(await asked(host)).toEqual([404, 404, 404]);
  expect(await asked(operator)).toEqual([200, 200, 200]);
});

test("[O25] [O27] [O29] an operator follows a link to an account, sets a limit, ends its meeting and blocks it", async ({
  people,
}) => {
  const host = await people.member("Hanna Host");
  const room = await startMeeting(host, { access: "open" });
  const { page } = await people.member("Olga Operator", { accountId: OPERATOR_ID });
  await page.goto("/status");
  await page.getByLabel("Account id or meeting link").fill("nothing");
  await page.getByRole("button", { name: "Find account" }).click();
  await expect(page.getByText("Enter an account id or a meeting link.")).toBeVisible();
  await page.getByLabel("Account id or meeting link").fill(room.url);
  await page.getByRole("button", { name: "Find account" }).click();
  const panel = page.getByRole("article");
  await expect(panel.getByText("Your link leads here")).toBeVisible();
  await expect(panel.getByText("1 person inside")).toBeVisible();
  await expect(panel).not.toContainText("Hanna");

  await panel.getByLabel("Rooms").fill("1");
  await panel.getByRole("button", { name: "Change limits" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Change limits" }).click();
  await expect(page.getByText("The limits were changed")).toBeVisible();
  expect((await (await host.api()).post("/api/rooms", {})).status).toBe(409);
  await look(page, "status-account");

  await panel.getByRole("button", { name: "End meeting" }).click();
  await look(page, "status-question");
  await page.getByRole("dialog").getByRole("button", { name: "End meeting" }).click();
  await host.expectHeading("The meeting has ended");

  await panel.getByRole("button", { name: "Block account" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Block account" }).click();
  await expect(panel.getByText(/^Blocked/)).toBeVisible();
  expect((await (await host.api()).get("/api/rooms")).status).toBe(401);

  await panel.getByRole("button", { name: "Lift block" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Lift block" }).click();
  await expect(page.getByText("The block was lifted")).toBeVisible();
  await panel.getByRole("button", { name: "Delete room" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete room" }).click();
  await expect(panel.getByText("0 rooms")).toBeVisible();
  const acts = lines().filter(({ event }) => event === "operator.acts");
  expect(acts.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["set-limits", "end-meeting", "block", "unblock", "delete-room"]),
  );
});

test("[O6] [O9] [O10] an operator sees sites and live sessions, and no names", async ({ host, people }) => {
  const { livekit } = readStack();
  const room = await startMeeting(host, { title: "Secret plans" });
  const operator = await people.member("Olga Operator", { accountId: OPERATOR_ID });
  const received: string[] = [];
  operator.page.on("response", (response) => {
    if (response.url().endsWith("/api/status")) void response.text().then((text) => received.push(text));
  });
  await operator.page.goto("/status");
  await expect(operator.page.getByRole("heading", { name: `Region ${livekit.region}` })).toBeVisible();
  await expect(operator.page.getByRole("heading", { name: livekit.site })).toBeVisible();
  // LiveKit counts a little later; the page renews itself.
  const leg = operator.page.getByText(`Leg a on ${livekit.site}: 1 person, 1 publishing`);
  await expect(leg.first()).toBeVisible({ timeout: 60_000 });
  await look(operator.page, "status");
  await expect.poll(() => received.length).toBeGreaterThan(0);
  for (const secret of [room.code, "Secret plans", "Hanna Host", "Olga"]) expect(received.join()).not.toContain(secret);
});

test("[O1] [O2] a browser's request is found in the log, and from there what LiveKit said of the person", async ({
  host,
}) => {
  const room = await host.openRoom();
  const entered = host.page.waitForRequest((request) => request.url().endsWith(`/api/rooms/${room.code}/entry`));
  await host.start(room);
  const request = await entered;
  const id = request.headers()["x-request-id"] ?? "";
  expect((await (await request.response())?.allHeaders())?.["x-request-id"]).toBe(id);
  // A page has one, too, though no script of ours asked for it.
  expect((await host.page.request.get("/")).headers()["x-request-id"]).toMatch(/^r_[0-9a-z]{20}$/);
  const given = () => lines().find(({ event, requestId }) => event === "entry.legs-given" && requestId === id);
  await expect.poll(given).toBeDefined();
  const joined = () => lines().filter(({ event }) => event === "webhook.participant_joined");
  await expect.poll(() => joined().map(({ identity }) => identity)).toContain(given()?.identity);
});
