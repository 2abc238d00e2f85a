import { expect, test } from "vitest";
import { readEntry } from "#lib/lobby/lobby-repository.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { storeDeletion } from "#lib/seats/end-repository.ts";
import { freeSeat } from "#lib/seats/seat-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { storeRoom } from "./room-repository.ts";
import { listMyRooms, openRoom } from "./room-service.ts";
import { LINK_LIFETIME_MS } from "./room.ts";

test("[R1] a code that is in use is not given out again", async () => {
  const code = await aRoomOf(anAccount());
  const { place } = await mustRead(code, undefined);
  expect(await storeRoom(place.room, 200)).toBe(false);
});

test("[R2] the link says how long it lives, and Redis deletes it some time after that", async () => {
  const { code, expiresAtMs } = await openRoom(anAccount(), {}, NOW);
  expect(expiresAtMs).toBe(NOW + LINK_LIFETIME_MS);
  expect(await redis().pttl(keys.ofRoom("room", code))).toBeGreaterThan(LINK_LIFETIME_MS);
});

test("[R2] using a link extends its lifetime", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner);
  const later = NOW + LINK_LIFETIME_MS - 1;
  await sit(code, owner.key, { nowMs: later });
  expect((await mustRead(code, owner.key, later)).place.room.expiresAtMs).toBe(later + LINK_LIFETIME_MS);
});

test("[R5] my rooms: live ones first with their number of participants, then the newest; no other account's rooms", async () => {
  const owner = anAccount();
  const { code: older } = await openRoom(owner, { title: "Monday" }, NOW - 2);
  const { code: live } = await openRoom(owner, {}, NOW - 1);
  const { code: newer } = await openRoom(owner, {}, NOW);
  await sit(live, owner.key);
  await aRoomOf(anAccount());

  const { rooms } = await listMyRooms(owner.accountId, NOW);
  expect(rooms.map(({ code }) => code)).toEqual([live, newer, older]);
  expect(rooms[0]).toMatchObject({ isLive: true, insideCount: 1 });
  expect(rooms[2]).toMatchObject({ isLive: false, title: "Monday" });
});

test("[R5] deleted rooms leave the list", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner);
  await redis().del(keys.ofRoom("room", code));
  expect((await listMyRooms(owner.accountId, NOW)).rooms).toEqual([]);
  expect(await redis().zcard(keys.roomsOf(owner.accountId))).toBe(0);
});

test("[R7] a deleted room leaves nothing behind", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner);
  await sit(code, owner.key);
  const { seat } = await sit(code, aGuest());
  await freeSeat(code, seat.identity, NOW);
  await storeDeletion((await mustRead(code, owner.key)).place.room);

  expect(await readEntry(code, { personKey: owner.key, addressKey: "address" }, NOW)).toBeUndefined();
  expect((await listMyRooms(owner.accountId, NOW)).rooms).toEqual([]);
  expect(await redis().keys(`${keys.prefix(code)}*`)).toEqual([]);
});
