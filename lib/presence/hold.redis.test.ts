import { beforeEach, describe, expect, test } from "vitest";
import type { Identity, PersonKey, RoomCode, SessionId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { reclaimSeat, readPlace } from "#lib/seats/seat-repository.ts";
import { renewSeat } from "#lib/testing/renew-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { readEntitled, storeArrival, storeDeparture } from "./entitlement-repository.ts";

const MINUTE = 60_000;
const CAP = 3;

type Scene = { code: RoomCode; sessionId: SessionId; owner: ReturnType<typeof anAccount> };
let scene: Scene;
beforeEach(async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner, "open");
  const { open, seat } = await sit(code, owner.key);
  await redis().hset(keys.ofRoom("room", code), { maxParticipants: CAP });
  await redis().zadd(keys.ofRoom("seats", code), { score: NOW + 60 * MINUTE, member: seat.identity });
  if (!open) throw new Error("The owner opens the meeting");
  scene = { code, sessionId: open.sessionId, owner };
});

const report = (identity: Identity) => ({
  sessionId: scene.sessionId,
  leg: "a",
  identity,
  sid: `PA_${identity}`,
  joinedAtMs: NOW + 2 * MINUTE,
});
const insideAt = async (nowMs: number) => (await readPlace(scene.code, undefined, nowMs))?.insideCount;

/** All ways in which a seat holder reclaims a seat, apart from entry. Each returns whether they hold it then. */
const WAYS: [string, (identity: Identity, nowMs: number) => Promise<boolean>][] = [
  ["presence", async (identity, nowMs) => (await renewSeat(scene.code, identity, nowMs)) !== undefined],
  ["tokens for legs", (identity, nowMs) => reclaimSeat(scene.code, identity, nowMs)],
  [
    "the gatekeeper",
    async (identity, nowMs) =>
      (await readEntitled(scene.code, { sessionId: scene.sessionId, leg: "a" }, [identity], nowMs)).has(identity),
  ],
  ["arrival", async (identity, nowMs) => (await storeArrival(scene.code, report(identity), nowMs)) !== undefined],
];

describe("[R20] a room never holds more participants than its limit", () => {
  test.each(WAYS)("by %s: a lapsed seat that was given away is refused", async (_, ask) => {
    const [early, late] = [await sit(scene.code, aGuest()), await sit(scene.code, aGuest())];
    const nowMs = NOW + MINUTE;
    await sit(scene.code, aGuest(), { nowMs });
    await sit(scene.code, aGuest(), { nowMs });
    for (const { seat } of [early, late]) expect(await ask(seat.identity, nowMs)).toBe(false);
    expect(await insideAt(nowMs)).toBe(CAP);
  });

  test.each(WAYS)("[R22] by %s: a lapsed seat comes back while there is room, and counts again", async (_, ask) => {
    const { seat } = await sit(scene.code, aGuest());
    const nowMs = NOW + MINUTE;
    expect(await insideAt(nowMs)).toBe(1);
    expect(await ask(seat.identity, nowMs)).toBe(true);
    expect(await insideAt(nowMs)).toBe(2);
    await sit(scene.code, aGuest(), { nowMs });
    await expect(sit(scene.code, aGuest(), { nowMs })).rejects.toMatchObject({ code: "room_full" });
  });

  test("a late departure event does not restore a lapsed seat", async () => {
    const { seat } = await sit(scene.code, aGuest());
    await storeArrival(scene.code, report(seat.identity), NOW);
    const nowMs = NOW + 5 * MINUTE;
    await sit(scene.code, aGuest(), { nowMs });
    await sit(scene.code, aGuest(), { nowMs });
    await storeDeparture(scene.code, report(seat.identity), nowMs);
    expect(await insideAt(nowMs)).toBe(CAP);
  });

  test("a connected participant whose browser does not report keeps their seat while LiveKit lists them", async () => {
    const { seat } = await sit(scene.code, aGuest());
    await storeArrival(scene.code, report(seat.identity), NOW);
    const sweep = (nowMs: number) =>
      readEntitled(scene.code, { sessionId: scene.sessionId, leg: "a" }, [seat.identity], nowMs);
    for (let at = 0; at < 10 * MINUTE; at += 2_000) expect((await sweep(NOW + at)).size, `${at}`).toBe(1);
    const nowMs = NOW + 10 * MINUTE;
    await sit(scene.code, aGuest(), { nowMs });
    await expect(sit(scene.code, aGuest(), { nowMs })).rejects.toMatchObject({ code: "room_full" });
  });
});

describe("[R21] a person holds four seats", () => {
  const heldBy = async (key: PersonKey, nowMs = NOW) =>
    (await mustRead(scene.code, key, nowMs)).place.seats
      .filter(({ heldUntilMs, status }) => heldUntilMs > nowMs && status !== "removed")
      .map(({ identity }) => identity);

  beforeEach(() => redis().hset(keys.ofRoom("room", scene.code), { maxParticipants: 100 }));

  test("the fifth replaces the oldest, whose tab shows that it moved", async () => {
    const key = aGuest();
    const seats: Identity[] = [];
    for (let at = 0; at < 4; at += 1) seats.push((await sit(scene.code, key, { nowMs: NOW + at })).seat.identity);
    const fifth = await sit(scene.code, key, { nowMs: NOW + 4 });
    expect(fifth.moved).toEqual([seats[0]]);
    expect((await heldBy(key)).toSorted()).toEqual([...seats.slice(1), fifth.seat.identity].toSorted());
    expect(await redis().hget(keys.ofRoom("seat", scene.code, seats[0] ?? ""), "reason")).toBe("moved");
  });

  test("one guest with invented devices takes no more of a room than that", async () => {
    const key = aGuest();
    for (let at = 0; at < 40; at += 1) await sit(scene.code, key, { nowMs: NOW + at });
    expect(await heldBy(key)).toHaveLength(4);
    expect(await insideAt(NOW)).toBe(5);
    // Some of the replaced tabs are remembered, so that they can show the reason.
    expect((await mustRead(scene.code, key)).place.seats).toHaveLength(4 + 8);
  });

  test.each(WAYS)("by %s: a lapsed fifth seat does not come back", async (_, ask) => {
    const key = aGuest();
    const { seat } = await sit(scene.code, key);
    const nowMs = NOW + MINUTE;
    for (let at = 0; at < 4; at += 1) await sit(scene.code, key, { nowMs });
    expect(await ask(seat.identity, nowMs)).toBe(false);
    expect(await heldBy(key, nowMs)).toHaveLength(4);
  });
});

describe("[R23] in a full room", () => {
  const from = (addressKey: string, more: object = {}) => sit(scene.code, aGuest(), { addressKey, ...more });

  beforeEach(() => redis().hset(keys.ofRoom("room", scene.code), { maxParticipants: 7 }));

  test("the address with the most unused seats gives up its newest", async () => {
    const flood = [];
    for (let at = 0; at < 6; at += 1) flood.push(await from("flood", { nowMs: NOW + at }));
    const real = await from("home", { nowMs: NOW + 10 });
    expect(await insideAt(NOW + 10)).toBe(7);
    const held = await redis().zrange<string[]>(keys.ofRoom("seats", scene.code), 0, -1);
    expect(held).toContain(real.seat.identity);
    expect(held).not.toContain(flood.at(-1)?.seat.identity);
    // The flooding tab cannot reclaim its seat.
    expect(await reclaimSeat(scene.code, flood.at(-1)?.seat.identity as Identity, NOW + 11)).toBe(false);
  });

  test("seats of present participants, of signed-in users, and of an address that holds equally few are left alone", async () => {
    for (const { seat } of [await from("office"), await from("office"), await from("office")])
      await storeArrival(scene.code, report(seat.identity), NOW);
    for (let at = 0; at < 2; at += 1) await sit(scene.code, anAccount().key, { addressKey: "campus", kind: "account" });
    await from("other");
    await expect(from("home")).rejects.toMatchObject({ code: "room_full" });
    expect(await insideAt(NOW)).toBe(7);
  });

  test("a flood from four addresses keeps out neither a guest nor a signed-in user", async () => {
    for (let at = 0; at < 40; at += 1) await from(`flood ${at % 4}`, { nowMs: NOW + at }).catch(() => undefined);
    const nowMs = NOW + 50;
    await from("home", { nowMs });
    await sit(scene.code, anAccount().key, { addressKey: "flood 1", kind: "account", nowMs });
    expect(await insideAt(nowMs)).toBe(7);
  });
});

describe("[R24] roles are read in the step that uses them", () => {
  test("a heartbeat under way during the demotion of its co-host makes no host", async () => {
    const key = aGuest();
    const { seat } = await sit(scene.code, key);
    await redis().hset(keys.ofRoom("roles", scene.code), { [key]: "cohost" });
    expect(await renewSeat(scene.code, seat.identity, NOW)).toBe("cohost");
    expect(await redis().zscore(keys.ofRoom("hosts", scene.code), seat.identity)).not.toBeNull();
    await redis().hdel(keys.ofRoom("roles", scene.code), key);
    expect(await renewSeat(scene.code, seat.identity, NOW)).toBe("participant");
    expect(await redis().zscore(keys.ofRoom("hosts", scene.code), seat.identity)).toBeNull();
  });

  test("an entry decided for a co-host gives a participant's seat once they are demoted", async () => {
    const key = aGuest();
    await redis().hset(keys.ofRoom("roles", scene.code), { [key]: "cohost" });
    const read = await mustRead(scene.code, key);
    await redis().hdel(keys.ofRoom("roles", scene.code), key);
    const { seat } = await sit(scene.code, key, { read });
    expect(await redis().zscore(keys.ofRoom("hosts", scene.code), seat.identity)).toBeNull();
  });
});
