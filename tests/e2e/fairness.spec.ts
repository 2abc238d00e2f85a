import { expect, test } from "./support/actors.ts";
import { flood } from "./support/flood.ts";
import { namesInside } from "./support/livekit-admin.ts";
import { look, ALWAYS_DARK } from "./support/look.ts";
import { knockCard, queueOf, startMeeting } from "./support/meetings.ts";
import { redis, roomKey } from "./support/redis.ts";

test("[L21] [L23] [L24] a flood of knocks keeps neither a guest nor a signed-in member off the host's screen", async ({
  people,
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  const outcomes = await flood(room.code, 160, 4);
  expect(outcomes.waiting).toBeGreaterThanOrEqual(100);
  expect(outcomes.lobby_full).toBeGreaterThan(0);

  await guest.askToJoin(room);
  const member = await people.scriptedMember("Mia Member");
  expect((await member.enter(room.code)).body.status).toBe("waiting");

  await host.openPeople();
  await expect(host.page.getByRole("button", { name: "Admit Mia Member" })).toBeVisible();
  await host.admit("Ada");
  await guest.expectInside();
  // Another flood takes places from itself only.
  await flood(room.code, 40, 4);
  expect((await queueOf(host, room)).map(({ name }) => name)).toContain("Mia Member");
});

test("[R23] seats that are reserved and never used keep no guest out of an open room", async ({ host, guest }) => {
  const room = await startMeeting(host, { access: "open" });
  await redis("HSET", roomKey(room.code, "room"), "maxParticipants", 8);
  const outcomes = await flood(room.code, 24, 2);
  expect(outcomes.admitted).toBeGreaterThanOrEqual(7);
  expect(outcomes.room_full).toBeGreaterThan(0);
  await guest.joinNow(room);
  await expect(host.tile("Ada")).toBeVisible();
});

test("[R20] [R22] a guest whose lapsed seat was given away gets no tokens and no connection, and enters again later", async ({
  people,
  host,
}) => {
  const room = await startMeeting(host, { access: "open" });
  await redis("HSET", roomKey(room.code, "room"), "maxParticipants", 3);
  const early = await Promise.all([people.scriptedGuest(), people.scriptedGuest()]);
  const entries = await Promise.all(early.map((client, index) => client.enter(room.code, `Early ${index + 1}`)));
  for (const { body } of entries)
    await redis("ZADD", roomKey(room.code, "seats"), "XX", Date.now() - 1, body.meeting.me.identity);
  await people.crowd(room, 2);
  await expect(host.tile("Visitor 2")).toBeVisible();

  for (const client of early) {
    const answer = await client.post(`/api/rooms/${room.code}/legs`);
    expect(answer).toMatchObject({ status: 409, body: { error: { code: "not_inside" } } });
    expect((await client.enter(room.code)).body.error.code).toBe("room_full");
  }
  const intruder = await people.intruder();
  expect(await intruder.connect(entries[0]!.body.legs[0].token)).not.toBe("connected");
  expect(await namesInside(room.code)).toEqual([host.name, "Visitor 1", "Visitor 2"]);

  await redis("HSET", roomKey(room.code, "room"), "maxParticipants", 4);
  expect((await early[0]!.post(`/api/rooms/${room.code}/legs`)).status).toBe(200);
  expect((await early[1]!.post(`/api/rooms/${room.code}/legs`)).status).toBe(409);
});

test("[R21] a fifth device takes the place of the oldest, whose tab says that the call moved", async ({
  people,
  host,
}) => {
  const room = await startMeeting(host, { access: "open" });
  const first = await people.guest("Ada");
  await first.joinNow(room);
  const api = await first.api();
  for (let device = 0; device < 4; device += 1) {
    const more = { device: `d_${String(device).repeat(20)}`, intent: "second" };
    expect((await api.post(`/api/rooms/${room.code}/entry`, { name: "Ada", ...more })).body.status).toBe("admitted");
  }
  await first.expectHeading("You moved the call");
});

test("[L22] [H18] a pass that a browser made up is none", async ({ people, host }) => {
  const room = await startMeeting(host);
  const client = await people.scriptedGuest();
  const cookie = `veet-guest=${"a".repeat(43)}.tro0sg.${"b".repeat(27)}`;
  const answer = await client.post(`/api/rooms/${room.code}/entry`, { name: "Eve", device: client.device }, { cookie });
  // It gets a pass of ours, and nothing before it comes back with that.
  expect(answer.body.status).toBe("again");
  expect(answer.headers["set-cookie"]).toMatch(/^veet-guest=[\w.-]{78};/);
});

test("[L25] [L30] a denied guest with a new cookie waits like one with the old, and hosts see it", async ({
  people,
  host,
  guest,
}) => {
  const room = await startMeeting(host);
  await guest.askToJoin(room);
  await host.deny("Ada");
  await guest.expectHeading("You can’t join this meeting");
  const again = await (await people.scriptedGuest(guest.address)).enter(room.code, "Eve");
  expect(again).toMatchObject({ status: 403, body: { error: { code: "entry_denied", facts: { asksLeft: 2 } } } });
  expect(Number(again.headers["retry-after"])).toBeGreaterThan(0);
  expect(Number(again.headers["retry-after"])).toBeLessThanOrEqual(60);

  const other = await people.guest("Eve", { address: guest.address });
  await other.visit(room);
  await other.sayName();
  await other.page.getByRole("button", { name: "Ask to join" }).click();
  await expect(other.page.getByText("The host declined a request from your network")).toBeVisible();
  await look(other.page, "denied-for-network");
  const key = roomKey(room.code, "denials");
  for (const field of await redis<string[]>("HKEYS", key)) await redis("HSET", key, field, `1|${Date.now() - 61_000}`);
  await other.page.reload();
  await other.askToJoin(room);
  await expect(knockCard(host)).toContainText("same network as a denied guest");
  await look(host.page, "knock-network", ALWAYS_DARK);
});
