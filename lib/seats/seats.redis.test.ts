import { describe, expect, test, vi } from "vitest";
import { type RoomCode, newSessionId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { storeEnd, storeForget } from "./end-repository.ts";
import { SILENT_SESSION_MS } from "./liveness.ts";
import { renewSeat } from "#lib/testing/renew-repository.ts";
import { freeSeat, readPlace, reportSeat } from "./seat-repository.ts";
import { reserveSeat } from "./reservation-repository.ts";

async function aMeeting(access: "ask" | "open" = "open") {
  const owner = anAccount();
  const code = await aRoomOf(owner, access);
  const { seat, open } = await sit(code, owner.key);
  if (!open) throw new Error("The owner opens the meeting");
  return { owner, code, seat, sessionId: open.sessionId };
}

const capAt = (code: RoomCode, cap: number) => redis().hset(keys.ofRoom("room", code), { maxParticipants: cap });
const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === "fulfilled" ? "in" : (result.reason as { code: string }).code));

describe("taking a seat", () => {
  test("[R8] of 200 who race for the last seat, exactly one gets it", async () => {
    const { code } = await aMeeting();
    await capAt(code, 2);
    const guests = Array.from({ length: 200 }, aGuest);
    const results = codes(await Promise.allSettled(guests.map((key) => sit(code, key))));
    expect(results.filter((result) => result === "in")).toHaveLength(1);
    expect(results.filter((result) => result === "room_full")).toHaveLength(199);
  });

  test("[R9] a full room admits its owner as one extra, once", async () => {
    const { code, owner, seat } = await aMeeting();
    await capAt(code, 2);
    await freeSeat(code, seat.identity, NOW);
    await sit(code, aGuest());
    await sit(code, aGuest());
    await expect(sit(code, aGuest())).rejects.toMatchObject({ code: "room_full" });
    await sit(code, owner.key);
    await expect(sit(code, owner.key)).rejects.toMatchObject({ code: "room_full" });
  });

  test("[R10] when many open a meeting at the same time, one succeeds, and the others must decide again", async () => {
    const owner = anAccount();
    const code = await aRoomOf(owner, "open");
    const results = codes(await Promise.allSettled(Array.from({ length: 10 }, () => sit(code, aGuest()))));
    expect(results.toSorted()).toEqual([...Array<string>(9).fill("changed_meanwhile"), "in"]);
  });

  test("[R11] a decision based on outdated rights gives no seat", async () => {
    const { code } = await aMeeting();
    const key = aGuest();
    const read = await mustRead(code, key);
    await redis().hincrby(keys.ofRoom("room", code), "rev", 1);
    await expect(sit(code, key, { read })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[R11] a decision based on a seat on another device gives no seat once that seat is gone", async () => {
    const { code } = await aMeeting();
    const key = aGuest();
    const first = await sit(code, key);
    const read = await mustRead(code, key);
    await sit(code, key, { read, isInside: true });
    for (const { identity } of (await mustRead(code, key)).place.seats) await freeSeat(code, identity, NOW);
    expect(first.seat.identity).toBeDefined();
    await expect(sit(code, key, { read, isInside: true })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[R12] two concurrent requests of one tab get one seat", async () => {
    const { code } = await aMeeting();
    const key = aGuest();
    const read = await mustRead(code, key);
    const { seat } = await sit(code, key, { read });
    await expect(sit(code, key, { read, device: seat.device })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[R13] a reload keeps the seat, and needs no free one", async () => {
    const { code, owner, seat } = await aMeeting();
    await capAt(code, 1);
    const read = await mustRead(code, owner.key);
    await reserveSeat({
      place: read.place,
      seat,
      isReturning: true,
      ticketId: undefined,
      isMove: false,
      open: undefined,
      homes: [],
      nowMs: NOW + 1,
      storedSession: read.stored.sessionId,
    });
    expect((await mustRead(code, owner.key)).place).toMatchObject({
      insideCount: 1,
      seats: [{ identity: seat.identity }],
    });
  });

  test("[R14] moving to this device ends the other seat, and frees it first", async () => {
    const { code, owner, seat } = await aMeeting();
    await capAt(code, 1);
    const { moved } = await sit(code, owner.key, { isMove: true });
    expect(moved).toEqual([seat.identity]);
    const { place } = await mustRead(code, owner.key);
    expect(place.insideCount).toBe(1);
    expect(place.seats.find(({ identity }) => identity === seat.identity)).toMatchObject({
      status: "removed",
      reason: "moved",
    });
  });

  test("[R15] a seat that is not renewed becomes free", async () => {
    const { code, owner } = await aMeeting();
    expect((await readPlace(code, owner.key, NOW + 59_999))?.insideCount).toBe(1);
    expect((await readPlace(code, owner.key, NOW + 60_000))?.insideCount).toBe(0);
  });

  test("[R15] heartbeats keep a seat, but restore none that was removed or given to another participant", async () => {
    const { code, seat } = await aMeeting();
    expect(await renewSeat(code, seat.identity, NOW + 59_000)).toBe("host");
    expect((await readPlace(code, undefined, NOW + 200_000))?.insideCount).toBe(1);
    const guest = await sit(code, aGuest());
    await capAt(code, 1);
    const later = NOW + 300_000;
    await sit(code, aGuest(), { nowMs: later });
    expect(await renewSeat(code, guest.seat.identity, later)).toBeUndefined();
    await freeSeat(code, seat.identity, NOW);
    expect(await renewSeat(code, seat.identity, later)).toBeUndefined();
  });
});

test("[H54] a heartbeat reads the room and renews the seat with one command, and renews no seat of an earlier session", async () => {
  const { code, owner, seat } = await aMeeting();
  const report = () => reportSeat(code, owner.key, seat.device, NOW + 59_000);
  await report();
  const asked = vi.spyOn(globalThis, "fetch");
  const { place, role } = await report();
  expect([role, asked.mock.calls.length]).toEqual(["host", 1]);
  expect(place).toMatchObject({ insideCount: 1, seats: [{ status: "present", heldUntilMs: NOW + 59_000 + 150_000 }] });
  asked.mockRestore();
  await redis().hset(keys.ofRoom("session", code), { sessionId: newSessionId() });
  expect((await report()).role).toBeUndefined();
});

describe("the end", () => {
  test("[R16] ending deletes seats, roles, locks and chat, keeps bans, and can be repeated", async () => {
    const { code, owner } = await aMeeting();
    await redis().hset(keys.ofRoom("room", code), { isLocked: 1, lockCamera: 1 });
    await redis().hset(keys.ofRoom("bans", code), { g_bad: "{}" });
    await redis().hset(keys.ofRoom("roles", code), { g_co: "cohost" });
    await redis().rpush(keys.ofRoom("chat", code), "{}");
    await storeEnd(code, NOW + 5);
    await storeEnd(code, NOW + 9);

    const { place } = await mustRead(code, owner.key);
    expect(place).toMatchObject({ session: undefined, insideCount: 0, room: { endedAtMs: NOW + 5, isLocked: false } });
    expect(place.room.locks.camera).toBe(false);
    expect(place.seats).toEqual([]);
    expect(await redis().exists(keys.ofRoom("roles", code), keys.ofRoom("chat", code), keys.ofRoom("legs", code))).toBe(
      0,
    );
    expect(await redis().exists(keys.ofRoom("bans", code))).toBe(1);
  });

  test("[R6] starting the meeting again makes the link valid, with no data of the earlier meeting", async () => {
    const { code, owner, sessionId } = await aMeeting();
    await storeEnd(code, NOW);
    const { open } = await sit(code, owner.key);
    const { place } = await mustRead(code, owner.key);
    expect(place.room.endedAtMs).toBeUndefined();
    expect(place.session?.sessionId).toBe(open?.sessionId);
    expect(open?.sessionId).not.toBe(sessionId);
  });

  test("[R17] only the current session is forgotten, and only once no seat counts", async () => {
    const { code, sessionId, owner } = await aMeeting();
    const later = NOW + 60_000;
    expect(await storeForget(code, sessionId, later - 1)).toBe(false);
    expect(await storeForget(code, "x".repeat(20) as typeof sessionId, later)).toBe(false);
    expect(await storeForget(code, sessionId, later)).toBe(true);
    expect((await mustRead(code, owner.key)).place).toMatchObject({
      session: undefined,
      room: { endedAtMs: undefined },
    });
  });

  test("[R18] a meeting that fell silent is over, and its rights do not count in the next", async () => {
    const { code } = await aMeeting("ask");
    const cohost = aGuest();
    await redis().hset(keys.ofRoom("roles", code), { [cohost]: "cohost" });
    expect((await mustRead(code, cohost)).place.role).toBe("cohost");
    const { place } = await mustRead(code, cohost, NOW + SILENT_SESSION_MS);
    expect(place).toMatchObject({ role: "participant", session: undefined, seats: [] });
  });

  test("[R36] an outdated decision does not replace a silent meeting that was joined again", async () => {
    const { code, seat, sessionId } = await aMeeting("open");
    const later = NOW + SILENT_SESSION_MS;
    const newcomer = aGuest();
    const read = await mustRead(code, newcomer, later);
    expect(read.place.session).toBeUndefined();
    expect(await renewSeat(code, seat.identity, later)).toBe("host");
    await expect(sit(code, newcomer, { read, nowMs: later })).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(await redis().hget(keys.ofRoom("session", code), "sessionId")).toBe(sessionId);
    await sit(code, newcomer, { nowMs: later });
    expect((await readPlace(code, undefined, later))?.insideCount).toBe(2);
  });
});
