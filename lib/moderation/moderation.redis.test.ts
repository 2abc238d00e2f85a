import { expect, test } from "vitest";
import { newBanId, newIdentity } from "#lib/ids.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { redis } from "#lib/redis/client.ts";
import { toRecord } from "#lib/redis/script.ts";
import type { Role } from "#lib/rooms/room.ts";
import { NOW } from "#lib/testing/places.ts";
import { type RunningMeeting, aRunningMeeting } from "#lib/testing/meeting-repository.ts";
import { act } from "./moderation-repository.ts";
import { readRecord } from "./record-repository.ts";
import * as scripts from "./action-repository.ts";

const by = (
  { code }: RunningMeeting,
  identity: Awaited<ReturnType<RunningMeeting["seat"]>>,
  role: Role,
  nowMs = NOW,
) => ({
  code,
  identity,
  role,
  nowMs,
});
const HITS_GUESTS = ",participant,";
const expelArgs = (target: string, ban: boolean) => [target, HITS_GUESTS, ban ? 1 : 0, newBanId()];
// The client returns Redis hashes as flat lists.
const seatOf = async (meeting: RunningMeeting, identity: string) =>
  toRecord((await redis().hgetall(keys.ofRoom("seat", meeting.code, identity))) as unknown as string[]);
const revOf = async (meeting: RunningMeeting) => Number(await redis().hget(keys.ofRoom("room", meeting.code), "rev"));

async function meetingWithHost() {
  const meeting = await aRunningMeeting();
  return { meeting, host: await meeting.seat({ role: "host", name: "Olga" }) };
}

test("[M8] removal takes every seat of the participant, their ticket and role, and changes how their next entry is decided", async () => {
  const { meeting, host } = await meetingWithHost();
  const phone = await meeting.seat({ personKey: "g_eve", name: "Eve", handRaisedAtMs: 5 });
  const laptop = await meeting.seat({ personKey: "g_eve", name: "Eve" });
  await redis().hset(keys.ofRoom("tickets", meeting.code), { g_eve: "t_1" });
  await redis().hset(keys.ofRoom("ticket", meeting.code, "t_1"), { status: "admitted" });
  const rev = await revOf(meeting);

  const outcome = await act(scripts.EXPEL, by(meeting, host, "host"), expelArgs(phone, false));

  expect(outcome.isChange).toBe(true);
  expect(new Set(outcome.extra as string[])).toEqual(new Set([phone, laptop]));
  for (const identity of [phone, laptop]) {
    expect(await seatOf(meeting, identity)).toMatchObject({
      status: "removed",
      reason: "expelled",
      handRaisedAtMs: "0",
    });
    expect(await redis().zscore(keys.ofRoom("seats", meeting.code), identity)).toBeNull();
  }
  expect(await redis().hget(keys.ofRoom("ticket", meeting.code, "t_1"), "status")).toBe("cancelled");
  expect(await redis().hexists(keys.ofRoom("expelled", meeting.code), "g_eve")).toBe(1);
  expect(await redis().hexists(keys.ofRoom("bans", meeting.code), "g_eve")).toBe(0);
  expect(await redis().hexists(keys.ofRoom("removedAddresses", meeting.code), "addr")).toBe(1);
  expect(await revOf(meeting)).toBe(rev + 1);
});

test("[M9] a ban is listed, outlives the meeting, and is lifted once by its id", async () => {
  const { meeting, host } = await meetingWithHost();
  const eve = await meeting.seat({ personKey: "g_eve", name: "Eve" });
  await act(scripts.EXPEL, by(meeting, host, "host"), expelArgs(eve, true));
  const { bans } = await readRecord(meeting.code, NOW);
  expect(bans).toEqual([{ banId: bans[0]?.banId, name: "Eve", by: "Olga", atMs: NOW }]);
  expect(await redis().pttl(keys.ofRoom("bans", meeting.code))).toBeGreaterThan(TTL_MS.ban - 60_000);

  const lifted = await act(scripts.UNBAN, by(meeting, host, "host"), [bans[0]?.banId ?? ""]);
  const again = await act(scripts.UNBAN, by(meeting, host, "host"), [bans[0]?.banId ?? ""]);
  expect([lifted.isChange, again.isChange]).toEqual([true, false]);
  const record = await readRecord(meeting.code, NOW);
  expect(record.bans).toEqual([]);
  expect(record.log.map(({ what, detail }) => [what, detail])).toEqual([
    ["unban", ""],
    ["expel", "ban"],
  ]);
});

test("[M10] two moderators who remove the same participant at the same time remove and log once", async () => {
  const { meeting, host } = await meetingWithHost();
  const ada = await meeting.seat({ role: "cohost", name: "Ada", personKey: "g_ada" });
  const eve = await meeting.seat({ name: "Eve" });
  const rev = await revOf(meeting);
  const outcomes = await Promise.all([
    act(scripts.EXPEL, by(meeting, host, "host"), expelArgs(eve, false)),
    act(scripts.EXPEL, by(meeting, ada, "cohost"), expelArgs(eve, false)),
  ]);
  expect(outcomes.filter(({ isChange }) => isChange)).toHaveLength(1);
  // Both disconnect the seat: the first call may not have reached LiveKit.
  expect(outcomes.map(({ extra }) => extra)).toEqual([[eve], [eve]]);
  expect((await readRecord(meeting.code, NOW)).log).toHaveLength(1);
  expect(await revOf(meeting)).toBe(rev + 1);
});

test("[M10] a late click on a removed participant does not remove them again after a host readmitted them", async () => {
  const { meeting, host } = await meetingWithHost();
  const before = await meeting.seat({ personKey: "g_eve" });
  await act(scripts.EXPEL, by(meeting, host, "host"), expelArgs(before, false));
  await redis().hdel(keys.ofRoom("expelled", meeting.code), "g_eve");
  const again = await meeting.seat({ personKey: "g_eve" });
  expect((await act(scripts.EXPEL, by(meeting, host, "host"), expelArgs(before, false))).isChange).toBe(false);
  expect(await seatOf(meeting, again)).toMatchObject({ status: "present" });
});

test("[M11] an actor who loses the role before the action is stored changes nothing", async () => {
  const { meeting, host } = await meetingWithHost();
  const ada = await meeting.seat({ role: "cohost", personKey: "g_ada" });
  const eve = await meeting.seat({ name: "Eve" });
  await act(scripts.SET_ROLE, by(meeting, host, "host"), [ada, ",cohost,", "participant", "unmake-cohost"]);
  const late = act(scripts.EXPEL, by(meeting, ada, "cohost"), expelArgs(eve, true));
  await expect(late).rejects.toMatchObject({ code: "changed_meanwhile" });
  expect(await seatOf(meeting, eve)).toMatchObject({ status: "present" });
});

test("[M11] the target's role is checked when the change is stored", async () => {
  const { meeting, host } = await meetingWithHost();
  const ada = await meeting.seat({ role: "cohost", personKey: "g_ada" });
  const who = by(meeting, ada, "cohost");
  await expect(act(scripts.EXPEL, who, expelArgs(host, false))).rejects.toMatchObject({ code: "not_allowed" });
  await expect(act(scripts.EXPEL, who, expelArgs(ada, false))).rejects.toMatchObject({ code: "not_allowed" });
  const stranger = act(scripts.EXPEL, who, expelArgs(newIdentity(), false));
  await expect(stranger).rejects.toMatchObject({ code: "person_unknown" });
});

test("[M12] making a participant co-host twice counts once, and covers all their devices", async () => {
  const { meeting, host } = await meetingWithHost();
  const phone = await meeting.seat({ personKey: "g_ada", name: "Ada" });
  const laptop = await meeting.seat({ personKey: "g_ada", name: "Ada" });
  const rev = await revOf(meeting);
  const make = () => act(scripts.SET_ROLE, by(meeting, host, "host"), [phone, HITS_GUESTS, "cohost", "make-cohost"]);
  const outcomes = await Promise.all([make(), make()]);
  expect(outcomes.filter(({ isChange }) => isChange)).toHaveLength(1);
  expect(
    outcomes.flatMap(({ people }) => people.map(({ identity, role }) => `${identity} ${role}`)).toSorted(),
  ).toEqual([`${phone} cohost`, `${laptop} cohost`].toSorted());
  expect(await redis().hget(keys.ofRoom("roles", meeting.code), "g_ada")).toBe("cohost");
  const hosts = await redis().zrange<string[]>(keys.ofRoom("hosts", meeting.code), 0, -1);
  expect(hosts.toSorted()).toEqual([host, phone, laptop].toSorted());
  expect(await revOf(meeting)).toBe(rev + 1);
  expect((await readRecord(meeting.code, NOW)).log).toHaveLength(1);
});

test("[M7] a lock is stored with the room, lists the participants it binds, and is logged once", async () => {
  const { meeting, host } = await meetingWithHost();
  const eve = await meeting.seat({ name: "Eve" });
  const lock = () =>
    act(scripts.SET_FIELD, by(meeting, host, "host"), ["lockMicrophone", "1", "lock-source", "microphone:on", 1]);
  const first = await lock();
  const second = await lock();
  expect([first.isChange, second.isChange]).toEqual([true, false]);
  expect(second.locks).toEqual({ microphone: true, camera: false, screenShare: false });
  expect(second.people.filter(({ role }) => role === "participant").map(({ identity }) => identity)).toEqual([eve]);
  expect((await readRecord(meeting.code, NOW)).log.map(({ detail }) => detail)).toEqual(["microphone:on"]);
});

test("[M6] mute-all stores its time, for microphones published within the next seconds", async () => {
  const { meeting, host } = await meetingWithHost();
  const { people } = await act(scripts.MUTE_ALL, by(meeting, host, "host"));
  expect(people.map(({ identity, role }) => [identity, role])).toEqual([[host, "host"]]);
  expect(await redis().hget(keys.ofRoom("session", meeting.code), "muteAllAtMs")).toBe(String(NOW));
});

test("[M13] the log keeps its newest 200 entries, and two clicks on a button are one entry", async () => {
  const { meeting, host } = await meetingWithHost();
  for (let at = 0; at < 205; at += 1)
    await act(scripts.NOTE, by(meeting, host, "host", NOW + at * 10_000), ["mute-all"]);
  await act(scripts.NOTE, by(meeting, host, "host", NOW + 204 * 10_000 + 500), ["mute-all"]);
  const { log } = await readRecord(meeting.code, NOW);
  expect(log).toHaveLength(200);
  expect(log[0]?.atMs).toBe(NOW + 204 * 10_000);
});
