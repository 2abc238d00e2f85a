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
  test("[L7] two tabs that ask at the same time share one ticket, and hosts see one", async () => {
    const key = aGuest();
    const read = await mustRead(code, key);
    const results = await Promise.allSettled([ask(key, { read }), ask(key, { read })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "changed_meanwhile" },
    });
    expect(await names()).toEqual(["Ada"]);
    // The tab that lost the race reads again and finds the ticket.
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW).status).toBe("waiting");
  });

  test("[L8] the lobby holds no more guests than its limit", async () => {
    for (let i = 0; i < 3; i += 1) await ask(aGuest(), { cap: 3 });
    await expect(ask(aGuest(), { cap: 3 })).rejects.toMatchObject({ code: "lobby_full" });
    // A silent guest does not block the queue.
    await ask(aGuest(), { cap: 3, nowMs: NOW + 60_000 });
  });

  test("[L9] the queue is in the order of asking", async () => {
    const keysInOrder = [aGuest(), aGuest(), aGuest()];
    for (const [i, key] of keysInOrder.entries()) await ask(key, { nowMs: NOW + i, name: `Guest ${i}` });
    expect(await names(NOW + 5)).toEqual(["Guest 0", "Guest 1", "Guest 2"]);
    expect((await mustRead(code, keysInOrder[2], NOW + 5)).queuePlace).toBe(3);
    await storeCancellation(code, keysInOrder[0] as PersonKey, NOW + 6);
    expect((await mustRead(code, keysInOrder[2], NOW + 6)).queuePlace).toBe(2);
  });

  test("[L10] a decision based on outdated rights stores no ticket", async () => {
    const key = aGuest();
    const read = await mustRead(code, key);
    await redis().hincrby(keys.ofRoom("room", code), "rev", 1);
    await expect(ask(key, { read })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[L11] hosts see a new name; a decided request keeps its name", async () => {
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
  test("[L5] a request lapses after a minute of silence, and each poll restarts the minute", async () => {
    const key = aGuest();
    await ask(key);
    expect(await statusOf(key, NOW + 50_000)).toBe("waiting");
    expect(await verdict("denied", [], NOW + 109_999)).toEqual([]);
    expect(await redis().zcard(keys.ofRoom("queue", code))).toBe(1);
    await names(NOW + 110_000);
    expect(await redis().zcard(keys.ofRoom("queue", code))).toBe(0);
    expect(await statusOf(key, NOW + 110_000)).toBe("lapsed");
  });

  test("[L5] a connected guest waits up to ten minutes; after a lost connection, one minute", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    const link = (state: "connected" | "lost", nowMs: number) =>
      storeConnected(code, ticket.lobbyIdentity, state, nowMs);
    expect(await link("connected", NOW)).toEqual({ legs: [], hosts: [] });
    expect(await statusOf(key, NOW + 599_999)).toBe("waiting");
    await link("lost", NOW + 100_000);
    await names(NOW + 159_999);
    expect(await redis().zcard(keys.ofRoom("queue", code))).toBe(1);
    await names(NOW + 160_000);
    expect(await redis().zcard(keys.ofRoom("queue", code))).toBe(0);
    expect(await link("connected", NOW + 160_000)).toBeUndefined();
  });

  test("[L5] a lapsed request cannot be decided, and polling does not revive it", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    expect(await verdict("admitted", [ticket.id], NOW + 60_000)).toMatchObject([{ status: "lapsed" }]);
    expect(await statusOf(key, NOW + 60_000)).toBe("lapsed");
    await ask(key, { nowMs: NOW + 60_001 });
    expect(await names(NOW + 60_001)).toEqual(["Ada"]);
  });

  test("[L12] a locked room refuses waiting guests", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner);
    await sit(code, owner.key);
    const key = aGuest();
    await ask(key);
    await redis().hset(keys.ofRoom("room", code), { isLocked: 1 });
    expect(await names()).toEqual([]);
    expect((await mustRead(code, key)).ticket).toMatchObject({ status: "refused", code: "room_locked" });
  });
});

describe("what hosts see of waiting guests", () => {
  const lastListed = async (key: PersonKey) => Number(await redis().hget(await ticketKey(key), "listedUntilMs"));
  const ticketKey = async (key: PersonKey) =>
    keys.ofRoom("ticket", code, (await redis().hget<string>(keys.ofRoom("tickets", code), key)) ?? "");

  test("[L40] a silent guest leaves the list within 16 s, and returns to the same position", async () => {
    const [ada, ben] = [aGuest(), aGuest()];
    await ask(ada, { name: "Ada" });
    await ask(ben, { name: "Ben", nowMs: NOW + 10_000 });
    expect(await names(NOW + 15_999)).toEqual(["Ada", "Ben"]);
    expect(await names(NOW + 16_000)).toEqual(["Ben"]);
    expect(await statusOf(ada, NOW + 20_000)).toBe("waiting");
    expect(await names(NOW + 20_000)).toEqual(["Ada", "Ben"]);
  });

  test("[L40] the guest of a closed page leaves the list within 10 s; a reload keeps them listed", async () => {
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

  test("[L40] a quiet guest leaves the list as soon as LiveKit reports the connection lost", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeConnected(code, ticket.lobbyIdentity, "connected", NOW);
    await storeConnected(code, ticket.lobbyIdentity, "lost", NOW + 15_000);
    expect(await names(NOW + 15_001)).toEqual([]);
  });

  test("[L41] a guest with a hidden page keeps their position to the end, with and without a connection", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeConnected(code, ticket.lobbyIdentity, "connected", NOW);
    await storePage(code, key, { page: "hidden", atMs: 1 }, NOW + 1_000);
    expect(await listQueue(code, NOW + 1_000)).toMatchObject([{ isAsleep: false }]);
    await storeConnected(code, ticket.lobbyIdentity, "closed", NOW + 2_000);
    expect(await listQueue(code, NOW + 599_999)).toMatchObject([{ isAsleep: true }]);
    expect(await verdict("admitted", [ticket.id], NOW + 599_999)).toMatchObject([{ status: "done" }]);
  });

  test("[L41] the report of a hidden page can arrive after the report of a closed connection", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeConnected(code, ticket.lobbyIdentity, "closed", NOW + 2_000);
    await storePage(code, key, { page: "hidden", atMs: 1 }, NOW + 2_100);
    expect(await names(NOW + 500_000)).toEqual(["Ada"]);
    await storePage(code, key, { page: "visible", atMs: 2 }, NOW + 500_000);
    expect(await names(NOW + 516_000)).toEqual([]);
  });

  test("[L42] the latest report of a page counts, in any order of arrival", async () => {
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
