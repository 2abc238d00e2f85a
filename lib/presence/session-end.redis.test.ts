import { describe, expect, test } from "vitest";
import { type RoomCode, newDeviceId } from "#lib/ids.ts";
import { storeMessage } from "#lib/chat/chat-repository.ts";
import { redis } from "#lib/redis/client.ts";
import { SESSION_KEYS, TTL_MS, keys } from "#lib/redis/keys.ts";
import { storeDeletion, storeEnd, wasInsideAtEnd } from "#lib/seats/end-repository.ts";
import { insider } from "#lib/seats/seat-guards.ts";
import { freeSeat } from "#lib/seats/seat-repository.ts";
import { renewSeat } from "#lib/testing/renew-repository.ts";
import type { Seat } from "#lib/seats/seat.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { ticketsOf } from "#lib/testing/redis-tickets.ts";
import { storeArrival, storeDeparture } from "./entitlement-repository.ts";

/** Keys that remain of a room, apart from the room itself. */
const leftovers = async (code: RoomCode) =>
  (await redis().keys(`${keys.prefix(code)}*`)).filter((key) => key !== keys.ofRoom("room", code)).toSorted();

/** A meeting of two with all kinds of session data: a chat, a lock, a role, a denial, a verdict, a removed participant. */
async function aBusyMeeting() {
  const owner = anAccount();
  const code = await aRoomOf(owner);
  const host = await sit(code, owner.key);
  const sessionId = host.open?.sessionId;
  if (!sessionId) throw new Error("The owner opens the meeting");
  const { ask, verdict } = ticketsOf(() => code);
  const [ada, eve] = [aGuest(), aGuest()];
  const tickets = [await ask(ada, { name: "Ada" }), await ask(eve, { name: "Eve" })].map(({ ticket }) => ticket.id);
  await verdict("admitted", tickets.slice(0, 1));
  await verdict("denied", tickets.slice(1));
  await redis().hset(keys.ofRoom("roles", code), { [ada]: "cohost" });
  const guest = await sit(code, ada);
  const join = (seat: Seat) => reportOf(storeArrival, seat);
  const drop = (seat: Seat) => reportOf(storeDeparture, seat);
  const reportOf = (store: typeof storeArrival | typeof storeDeparture, { identity }: Seat) =>
    store(code, { sessionId, leg: "a", identity, sid: "PA_1", joinedAtMs: NOW }, NOW);
  await write(code, guest.seat);
  await redis().hset(keys.ofRoom("room", code), { isLocked: 1, lockCamera: 1 });
  return { owner, code, sessionId, host: host.seat, guest: guest.seat, eve, ask, join, drop };
}

const write = (code: RoomCode, { identity, name }: Seat) =>
  storeMessage(code, { id: crypto.randomUUID(), identity, name, text: "a secret", sentAtMs: NOW });

/** Lifetimes of all keys except the room's, in whole seconds. */
async function lifetimes(code: RoomCode): Promise<number[]> {
  const all = await Promise.all((await leftovers(code)).map((key) => redis().pttl(key)));
  return [...new Set(all.map((ms) => Math.round(ms / 1_000)))];
}

describe("leaving", () => {
  test.each([
    ["the host leaves last", ["guest", "host"]],
    ["the guest leaves last", ["host", "guest"]],
  ] as const)("[R30] the last departure deletes all session data: %s", async (_, order) => {
    const meeting = await aBusyMeeting();
    const { code } = meeting;
    for (const who of ["host", "guest"] as const) await meeting.join(meeting[who]);
    const outcomes: boolean[] = [];
    for (const who of order) outcomes.push(await freeSeat(code, meeting[who].identity, NOW + 5));
    expect(outcomes).toEqual([false, true]);
    expect(await leftovers(code)).toEqual([]);
    expect((await mustRead(code, meeting.owner.key)).place.room).toMatchObject({
      isLocked: false,
      locks: { camera: false },
    });
    // A repeated request finds the same.
    expect(await freeSeat(code, meeting[order[1]].identity, NOW + 6)).toBe(true);
    expect(await leftovers(code)).toEqual([]);
  });

  test("[R30] the next entry starts another session, and waiting guests keep their position", async () => {
    const { code, owner, host, guest, sessionId, ask } = await aBusyMeeting();
    const waiting = aGuest();
    await redis().hset(keys.ofRoom("room", code), { isLocked: 0 });
    await ask(waiting, { name: "Wanda" });
    await freeSeat(code, guest.identity, NOW);
    await freeSeat(code, host.identity, NOW);
    const { open } = await sit(code, owner.key, { nowMs: NOW + 1_000 });
    expect(open?.sessionId).not.toBe(sessionId);
    const { place } = await mustRead(code, owner.key);
    expect(place).toMatchObject({ session: { chatSeq: 0 }, insideCount: 1, waitingCount: 1 });
    expect(
      await redis().exists(
        keys.ofRoom("chat", code),
        keys.ofRoom("log", code),
        keys.ofRoom("roles", code),
        keys.ofRoom("denials", code),
      ),
    ).toBe(0);
  });

  test("[H60] every key of a session expires with its last seat and is deleted with it", async () => {
    const { code, host, guest } = await aBusyMeeting();
    const names = SESSION_KEYS.map((name) => `${keys.prefix(code)}${name}`);
    // Those that this meeting has no data for.
    for (const name of names) if ((await redis().exists(name)) === 0) await redis().set(name, "data");
    await freeSeat(code, guest.identity, NOW);
    for (const name of names) {
      expect(await redis().pttl(name), name).toBeGreaterThan(0);
      expect(await redis().pttl(name), name).toBeLessThanOrEqual(TTL_MS.seatReserved);
    }
    await freeSeat(code, host.identity, NOW);
    expect(await redis().exists(...names)).toBe(0);
  });

  test("[R30] leaving a deleted room does not bring it back", async () => {
    const { code, owner, host } = await aBusyMeeting();
    await storeDeletion((await mustRead(code, owner.key)).place.room);
    await freeSeat(code, host.identity, NOW);
    expect(await redis().keys(`${keys.prefix(code)}*`)).toEqual([]);
  });
});

describe("without LiveKit events", () => {
  test("[R31] a session that no one connected to expires with its last seat", async () => {
    const { code } = await aBusyMeeting();
    expect(await lifetimes(code)).toEqual([TTL_MS.seatReserved / 1_000]);
  });

  test("[R31] nothing expires while a participant is connected; after the last one the session expires with the kept seat", async () => {
    const { code, host, guest, join, drop } = await aBusyMeeting();
    await join(host);
    await join(guest);
    expect(await lifetimes(code)).toEqual([TTL_MS.session / 1_000]);
    await drop(guest);
    expect(await lifetimes(code)).toEqual([TTL_MS.session / 1_000]);
    await drop(host);
    expect(await lifetimes(code)).toEqual([TTL_MS.seatReserved / 1_000]);
  });

  test("[R31] a participant who returns within that time keeps the session and all its seats", async () => {
    const { code, host, guest, join, drop, owner } = await aBusyMeeting();
    await join(host);
    await drop(host);
    await sit(code, owner.key, { nowMs: NOW + 30_000, returning: host, device: host.device });
    await renewSeat(code, host.identity, NOW + 31_000);
    expect(await lifetimes(code)).toEqual([TTL_MS.seatPresent / 1_000]);
    await join(guest);
    expect(await lifetimes(code)).toEqual([TTL_MS.session / 1_000]);
  });

  test("[R31] a reserved seat that outlasts the meeting keeps it for the seat's own minute, no longer", async () => {
    const { code, host, guest, join } = await aBusyMeeting();
    await join(host);
    await join(guest);
    await sit(code, aGuest(), { nowMs: NOW + 1_000 });
    await freeSeat(code, guest.identity, NOW + 21_000);
    expect(await freeSeat(code, host.identity, NOW + 21_000)).toBe(false);
    expect(await lifetimes(code)).toEqual([40]);
    // Data written in the meantime does not outlive the session.
    await write(code, host);
    expect(await lifetimes(code)).toEqual([40]);
  });

  test("[R31] waiting guests keep their tickets when the session expires", async () => {
    const { code, ask } = await aBusyMeeting();
    await redis().hset(keys.ofRoom("room", code), { isLocked: 0 });
    const waiting = aGuest();
    const { ticket } = await ask(waiting, { name: "Wanda" });
    await sit(code, aGuest());
    expect(await redis().pttl(keys.ofRoom("ticket", code, ticket.id))).toBeGreaterThan(TTL_MS.seatReserved);
    expect(await redis().pttl(keys.ofRoom("tickets", code))).toBeGreaterThan(TTL_MS.seatReserved);
  });

  test("[R34] a lock ends with its session, even when the session expires", async () => {
    const { code, owner, ask } = await aBusyMeeting();
    const newcomer = aGuest();
    expect((await mustRead(code, newcomer)).place.room.isLocked).toBe(true);
    await redis().del(keys.ofRoom("session", code));
    expect((await mustRead(code, newcomer)).place.room).toMatchObject({ isLocked: false, locks: { camera: false } });
    await ask(newcomer);
    expect((await mustRead(code, newcomer)).ticket).toMatchObject({ status: "waiting" });
    await sit(code, owner.key);
    expect(await redis().hmget(keys.ofRoom("room", code), "isLocked", "lockCamera")).toEqual(["0", "0"]);
    expect(await redis().exists(keys.ofRoom("chat", code), keys.ofRoom("roles", code))).toBe(0);
  });
});

describe("ending for everyone", () => {
  test("[R35] only the ids of tabs remain of participants and waiting guests, for an hour", async () => {
    const { code, owner, host, guest } = await aBusyMeeting();
    const left = await sit(code, aGuest());
    await freeSeat(code, left.seat.identity, NOW);
    await storeEnd(code, NOW);
    expect(await leftovers(code)).toEqual([keys.ofRoom("endedTabs", code)]);
    expect((await redis().smembers(keys.ofRoom("endedTabs", code))).toSorted()).toEqual(
      [host.device, guest.device].toSorted(),
    );
    expect(await lifetimes(code)).toEqual([3_600]);
    expect(await wasInsideAtEnd(code, left.seat.device)).toBe(false);
    await storeDeletion((await mustRead(code, owner.key)).place.room);
    expect(await redis().keys(`${keys.prefix(code)}*`)).toEqual([]);
  });

  test("[R35] a tab suspended during the end learns of it, even when the next meeting has begun", async () => {
    const { code, owner, guest } = await aBusyMeeting();
    await storeEnd(code, NOW);
    const guestAsks = (device = guest.device) =>
      insider({ actor: { kind: "guest", pass: undefined }, params: { code }, device, nowMs: NOW });
    await expect(guestAsks()).rejects.toMatchObject({ code: "room_ended" });
    await sit(code, owner.key);
    await expect(guestAsks()).rejects.toMatchObject({ code: "room_ended" });
    await expect(guestAsks(newDeviceId())).rejects.toMatchObject({ code: "not_inside" });
  });
});
