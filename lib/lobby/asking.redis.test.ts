import { beforeEach, describe, expect, test } from "vitest";
import type { PersonKey, RoomCode } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, anAsk, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { ticketsOf } from "#lib/testing/redis-tickets.ts";
import { decideEntry } from "./decide-entry.ts";
import { listQueue } from "./queue-repository.ts";
import { storeCancellation, storeConnected, storeName, storePage } from "./ticket-repository.ts";

let code: RoomCode;
const { ask, verdict, names, statusOf } = ticketsOf(() => code);
beforeEach(async () => {
  code = await aRoomOf(anAccount());
});

describe("asking", () => {
  test("[L7] two tabs that ask at once hold one ticket, and hosts see one", async () => {
    const key = aGuest();
    const read = await mustRead(code, key);
    const results = await Promise.allSettled([ask(key, { read }), ask(key, { read })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "changed_meanwhile" },
    });
    expect(await names()).toEqual(["Ada"]);
    // Who lost looks again, and finds the ticket.
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW).status).toBe("waiting");
  });

  test("[L8] no more may wait than the room's lobby holds", async () => {
    for (let i = 0; i < 3; i += 1) await ask(aGuest(), { cap: 3 });
    await expect(ask(aGuest(), { cap: 3 })).rejects.toMatchObject({ code: "lobby_full" });
    // Somebody who has gone silent holds nobody up.
    await ask(aGuest(), { cap: 3, nowMs: NOW + 60_000 });
  });

  test("[L9] those who wait stand in the order of asking", async () => {
    const keysInOrder = [aGuest(), aGuest(), aGuest()];
    for (const [i, key] of keysInOrder.entries()) await ask(key, { nowMs: NOW + i, name: `Guest ${i}` });
    expect(await names(NOW + 5)).toEqual(["Guest 0", "Guest 1", "Guest 2"]);
    expect((await mustRead(code, keysInOrder[2], NOW + 5)).queuePlace).toBe(3);
    await storeCancellation(code, keysInOrder[0] as PersonKey, NOW + 6);
    expect((await mustRead(code, keysInOrder[2], NOW + 6)).queuePlace).toBe(2);
  });

  test("[L10] a decision made before rights changed stores no ticket", async () => {
    const key = aGuest();
    const read = await mustRead(code, key);
    await redis().hincrby(keys.room(code), "rev", 1);
    await expect(ask(key, { read })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[L11] a new name is what hosts see; a decided request keeps its name", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    expect(await storeName(code, key, "Ada L.", NOW)).toMatchObject({ status: "waiting" });
    expect(await names()).toEqual(["Ada L."]);
    await verdict("admitted", [ticket.id]);
    expect(await storeName(code, key, "The Boss", NOW)).toMatchObject({ status: "admitted" });
    expect((await mustRead(code, key)).ticket?.name).toBe("Ada L.");
  });
});

describe("lapsing", () => {
  test("[L5] a request lapses after a minute of silence, and each question starts the minute anew", async () => {
    const key = aGuest();
    await ask(key);
    expect(await statusOf(key, NOW + 50_000)).toBe("waiting");
    expect(await verdict("denied", [], NOW + 109_999)).toEqual([]);
    expect(await redis().zcard(keys.queue(code))).toBe(1);
    await names(NOW + 110_000);
    expect(await redis().zcard(keys.queue(code))).toBe(0);
    expect(await statusOf(key, NOW + 110_000)).toBe("lapsed");
  });

  test("[L5] a connected guest waits the whole ten minutes; a lost connection has a minute", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    const link = (state: "connected" | "lost", nowMs: number) =>
      storeConnected(code, ticket.lobbyIdentity, state, nowMs);
    expect(await link("connected", NOW)).toEqual({ legs: [], hosts: [] });
    expect(await statusOf(key, NOW + 599_999)).toBe("waiting");
    await link("lost", NOW + 100_000);
    await names(NOW + 159_999);
    expect(await redis().zcard(keys.queue(code))).toBe(1);
    await names(NOW + 160_000);
    expect(await redis().zcard(keys.queue(code))).toBe(0);
    expect(await link("connected", NOW + 160_000)).toBeUndefined();
  });

  test("[L5] what has lapsed cannot be decided, nor asked back to life", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    expect(await verdict("admitted", [ticket.id], NOW + 60_000)).toMatchObject([{ status: "lapsed" }]);
    expect(await statusOf(key, NOW + 60_000)).toBe("lapsed");
    await ask(key, { nowMs: NOW + 60_001 });
    expect(await names(NOW + 60_001)).toEqual(["Ada"]);
  });

  test("[L12] a locked room refuses those who wait", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner);
    await sit(code, owner.key);
    const key = aGuest();
    await ask(key);
    await redis().hset(keys.room(code), { isLocked: 1 });
    expect(await names()).toEqual([]);
    expect((await mustRead(code, key)).ticket).toMatchObject({ status: "refused", code: "room_locked" });
  });
});

describe("what hosts see of those who wait", () => {
  const lastListed = async (key: PersonKey) => Number(await redis().hget(await ticketKey(key), "listedUntilMs"));
  const ticketKey = async (key: PersonKey) =>
    keys.ticket(code, (await redis().hget<string>(keys.tickets(code), key)) ?? "");

  test("[L40] a guest who is silent leaves the list within 16 s, and has the old place when back", async () => {
    const [ada, ben] = [aGuest(), aGuest()];
    await ask(ada, { name: "Ada" });
    await ask(ben, { name: "Ben", nowMs: NOW + 10_000 });
    expect(await names(NOW + 15_999)).toEqual(["Ada", "Ben"]);
    expect(await names(NOW + 16_000)).toEqual(["Ben"]);
    expect(await statusOf(ada, NOW + 20_000)).toBe("waiting");
    expect(await names(NOW + 20_000)).toEqual(["Ada", "Ben"]);
  });

  test("[L40] a page that was closed leaves the list within 10 s; one that was only reloaded never left it", async () => {
    for (const word of ["LiveKit", "the page"] as const) {
      const key = aGuest();
      const { ticket } = await ask(key, { name: word });
      await storeConnected(code, ticket.lobbyIdentity, "connected", NOW + 1_000);
      await (word === "LiveKit"
        ? storeConnected(code, ticket.lobbyIdentity, "closed", NOW + 2_000)
        : storePage(code, key, { page: "gone", atMs: 1 }, NOW + 2_000));
      expect(await names(NOW + 11_999)).toEqual([word]);
      expect(await names(NOW + 12_000)).toEqual([]);
      expect(await statusOf(key, NOW + 13_000)).toBe("waiting");
      expect(await names(NOW + 13_000)).toEqual([word]);
      await storeCancellation(code, key, NOW + 13_000);
    }
  });

  test("[L40] a connection that LiveKit found lost takes a guest off the list at once, who had gone quiet before", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeConnected(code, ticket.lobbyIdentity, "connected", NOW);
    await storeConnected(code, ticket.lobbyIdentity, "lost", NOW + 15_000);
    expect(await names(NOW + 15_001)).toEqual([]);
  });

  test("[L41] a page that is hidden keeps its place to the end, with and without a connection", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeConnected(code, ticket.lobbyIdentity, "connected", NOW);
    await storePage(code, key, { page: "hidden", atMs: 1 }, NOW + 1_000);
    expect(await listQueue(code, NOW + 1_000)).toMatchObject([{ isAsleep: false }]);
    await storeConnected(code, ticket.lobbyIdentity, "closed", NOW + 2_000);
    expect(await listQueue(code, NOW + 599_999)).toMatchObject([{ isAsleep: true }]);
    expect(await verdict("admitted", [ticket.id], NOW + 599_999)).toMatchObject([{ status: "done" }]);
  });

  test("[L41] the word that the page is hidden may come after the one that its connection is closed", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeConnected(code, ticket.lobbyIdentity, "closed", NOW + 2_000);
    await storePage(code, key, { page: "hidden", atMs: 1 }, NOW + 2_100);
    expect(await names(NOW + 500_000)).toEqual(["Ada"]);
    await storePage(code, key, { page: "visible", atMs: 2 }, NOW + 500_000);
    expect(await names(NOW + 516_000)).toEqual([]);
  });

  test("[L42] of a page's words the latest counts, in whatever order they arrive", async () => {
    const words = [
      { page: "hidden", atMs: 10 },
      { page: "gone", atMs: 11 },
    ] as const;
    for (const order of [words, words.toReversed()]) {
      const key = aGuest();
      await ask(key);
      for (const word of order) await storePage(code, key, word, NOW + 1_000);
      expect(await lastListed(key)).toBe(NOW + 11_000);
    }
  });
});
