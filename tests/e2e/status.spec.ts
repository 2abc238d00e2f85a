import { expect, test } from "./support/actors.ts";
import { look } from "./support/look.ts";
import { startMeeting } from "./support/meetings.ts";
import { OPERATOR_ID } from "./support/operator.ts";
import { appLog, readStack } from "./support/stack.ts";

type Line = { event?: string; requestId?: string; identity?: string };

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
