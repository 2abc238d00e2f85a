import { expect, test } from "vitest";
import { type Identity, newBanId } from "#lib/ids.ts";
import { decideEntry } from "#lib/lobby/decide-entry.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { storeForget } from "#lib/seats/end-repository.ts";
import { freeSeat, readPlace } from "#lib/seats/seat-repository.ts";
import { NOW, OWNER, person } from "#lib/testing/places.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { aGuest, anAsk, mustRead } from "#lib/testing/redis-rooms.ts";
import * as scripts from "./action-repository.ts";
import { act } from "./moderation-repository.ts";
import { readRecord } from "./record-repository.ts";

async function meetingWithHost(room: Parameters<typeof aRunningMeeting>[0] = {}) {
  const meeting = await aRunningMeeting(room);
  const host = await meeting.seat({ role: "host", name: "Olga" });
  const who = { code: meeting.code, identity: host, role: "host" as const, nowMs: NOW };
  const expel = (target: Identity, isBan = false) =>
    act(scripts.EXPEL, who, [target, ",participant,cohost,", isBan ? 1 : 0, newBanId()]);
  return { meeting, host, who, expel };
}
const statusOf = ({ code }: RunningMeeting, identity: Identity) =>
  redis().hget(keys.ofRoom("seat", code, identity), "status");

test.each([false, true])(
  "[M17] a removal through the old tile of a readmitted participant does nothing to them, with a ban: %s",
  async (isBan) => {
    const { meeting, expel } = await meetingWithHost();
    const before = await meeting.seat({ personKey: "g_eve", name: "Eve" });
    await expel(before);
    const since = await meeting.seat({ personKey: "g_eve", name: "Eve" });
    const again = await expel(before, isBan);
    expect(again.isChange).toBe(false);
    // Only the seat that is already removed is disconnected again, in case LiveKit did not answer the first time.
    expect(again.extra).toEqual([before]);
    expect(await statusOf(meeting, since)).toBe("present");
    expect(await redis().hexists(keys.ofRoom("bans", meeting.code), "g_eve")).toBe(0);
  },
);

test("[M17] a participant who was readmitted but has not joined yet is not banned through the old tile", async () => {
  const { meeting, expel } = await meetingWithHost();
  const before = await meeting.seat({ personKey: "g_eve", name: "Eve" });
  await expel(before);
  await redis().hset(keys.ofRoom("tickets", meeting.code), { g_eve: "t_1" });
  await redis().hset(keys.ofRoom("ticket", meeting.code, "t_1"), {
    status: "admitted",
    personKey: "g_eve",
    lobbyIdentity: "w_1",
  });
  expect((await expel(before, true)).isChange).toBe(false);
  expect(await redis().hexists(keys.ofRoom("bans", meeting.code), "g_eve")).toBe(0);
});

test("[M17] a removed participant who stayed out can still be banned through the old tile", async () => {
  const { meeting, expel } = await meetingWithHost();
  const eve = await meeting.seat({ personKey: "g_eve", name: "Eve" });
  await expel(eve);
  expect((await expel(eve, true)).isChange).toBe(true);
  expect(await redis().hexists(keys.ofRoom("bans", meeting.code), "g_eve")).toBe(1);
});

const HOME = "home address";
const entryFrom = async (code: RunningMeeting["code"], addressKey: string, nowMs = NOW) =>
  decideEntry(await mustRead(code, aGuest(), nowMs, addressKey), anAsk(), nowMs);

test("[L20] a removed guest who returns with a new pass must ask, even in an open room", async () => {
  const { meeting, expel } = await meetingWithHost({ access: "open" });
  const eve = await meeting.seat({ personKey: "g_eve", name: "Eve", addressKey: HOME });
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ because: "access" });
  await expel(eve);
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ status: "ask" });
  expect(await entryFrom(meeting.code, "elsewhere")).toMatchObject({ because: "access" });
});

test("[L20] a banned account that signs out must ask, also in the next meeting, until the ban is lifted", async () => {
  const { meeting, who, expel } = await meetingWithHost({ access: "open" });
  const eve = await meeting.seat({ personKey: "a_eve", name: "Eve", addressKey: HOME });
  const other = await meeting.seat({ personKey: "a_zoe", name: "Zoe", addressKey: HOME });
  for (const target of [eve, other]) await expel(target, true);
  const host = await readPlace(meeting.code, person(OWNER), NOW);
  const { bans } = await readRecord(meeting.code, NOW);
  const lift = (banId: string | undefined) => act(scripts.UNBAN, who, [banId ?? ""]);

  await freeSeat(meeting.code, who.identity, NOW);
  await storeForget(meeting.code, meeting.sessionId, NOW);
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ status: "ask" });
  expect(host?.session?.sessionId).toBe(meeting.sessionId);

  // The next meeting, with the same host.
  const again = await meeting.seat({ role: "host", name: "Olga" });
  await redis().hset(keys.ofRoom("session", meeting.code), { sessionId: meeting.sessionId, startedAtMs: String(NOW) });
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ status: "ask" });
  who.identity = again;
  await lift(bans[0]?.banId);
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ status: "ask" });
  await lift(bans[1]?.banId);
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ because: "access" });
});

test("[L20] a removal without a ban ends with its meeting", async () => {
  const { meeting, who, expel } = await meetingWithHost({ access: "open" });
  await expel(await meeting.seat({ personKey: "g_eve", addressKey: HOME }));
  await freeSeat(meeting.code, who.identity, NOW);
  await storeForget(meeting.code, meeting.sessionId, NOW);
  expect(await entryFrom(meeting.code, HOME)).toMatchObject({ because: "access" });
});

test("[M18] hosts see a co-host who left, and can revoke the role", async () => {
  const { meeting, who } = await meetingWithHost();
  const otto = await meeting.seat({ role: "cohost", personKey: "g_otto", name: "Otto" });
  expect((await readRecord(meeting.code, NOW)).absentCohosts).toEqual([]);
  await redis().hset(keys.ofRoom("seat", meeting.code, otto), { status: "removed", reason: "left" });
  await redis().zrem(keys.ofRoom("seats", meeting.code), otto);
  expect((await readRecord(meeting.code, NOW)).absentCohosts).toEqual([{ identity: otto, name: "Otto" }]);

  const demote = () => act(scripts.SET_ROLE, who, [otto, ",cohost,", "participant", "unmake-cohost"]);
  expect((await demote()).isChange).toBe(true);
  expect(await redis().hexists(keys.ofRoom("roles", meeting.code), "g_otto")).toBe(0);
  await expect(demote()).rejects.toMatchObject({ code: "person_unknown" });
  const record = await readRecord(meeting.code, NOW);
  expect(record.absentCohosts).toEqual([]);
  expect(record.log).toMatchObject([{ what: "unmake-cohost", target: "Otto", by: "Olga" }]);
});

test("[M18] a participant who left cannot become co-host", async () => {
  const { meeting, who } = await meetingWithHost();
  const gus = await meeting.seat({ status: "removed", reason: "left" });
  const make = act(scripts.SET_ROLE, who, [gus, ",participant,", "cohost", "make-cohost"]);
  await expect(make).rejects.toMatchObject({ code: "person_unknown" });
});

test("[M19] a co-host who is away when the room is locked loses the role, and stays out", async () => {
  const { meeting, who } = await meetingWithHost();
  const otto = await meeting.seat({ role: "cohost", personKey: "g_otto", name: "Otto" });
  await meeting.seat({ role: "cohost", personKey: "g_cora", name: "Cora" });
  await redis().hset(keys.ofRoom("seat", meeting.code, otto), { status: "removed", reason: "left" });
  await redis().zrem(keys.ofRoom("seats", meeting.code), otto);
  const entry = async (key: string) => decideEntry(await mustRead(meeting.code, person(key)), anAsk(), NOW);
  expect(await entry("g_otto")).toMatchObject({ because: "moderator" });

  await act(scripts.SET_FIELD, who, ["isLocked", "1", "lock-room", "on", 1]);
  expect(await entry("g_otto")).toMatchObject({ code: "room_locked" });
  // Co-hosts in the meeting keep the role, and can still pass the lock with a second device.
  expect(await redis().hgetall(keys.ofRoom("roles", meeting.code))).toEqual(["g_cora", "cohost"]);
  expect((await readRecord(meeting.code, NOW)).log).toMatchObject([
    { what: "lock-room" },
    { what: "unmake-cohost", target: "Otto" },
  ]);
  await act(scripts.SET_FIELD, who, ["isLocked", "0", "lock-room", "off", 1]);
  expect(await entry("g_otto")).toMatchObject({ status: "ask" });
});
