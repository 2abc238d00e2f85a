import { beforeEach, describe, expect, test } from "vitest";
import { type PersonKey, type RoomCode, TicketId, newLobbyIdentity, newTicketId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { storeEnd, storeForget } from "#lib/seats/end-repository.ts";
import { freeSeat } from "#lib/seats/seat-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, anAsk, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { decideEntry } from "./decide-entry.ts";
import { type ReadEntry, storeTicket } from "./lobby-repository.ts";
import type { Verdict } from "./lobby-schema.ts";
import { listQueue, storeVerdicts } from "./queue-repository.ts";
import { storeCancellation, storeConnected, storeName } from "./ticket-repository.ts";
import type { Ticket } from "./ticket.ts";

let code: RoomCode;
beforeEach(async () => {
  code = await aRoomOf(anAccount());
});

type Asking = { read?: ReadEntry; nowMs?: number; name?: string; cap?: number };

async function ask(key: PersonKey, { read, nowMs = NOW, name = "Ada", cap = 100 }: Asking = {}) {
  const ticket: Ticket = {
    ...{ id: newTicketId(), personKey: key, name, kind: "guest", status: "waiting", code: "", addressKey: "address" },
    ...{ askedAtMs: nowMs, expiresAtMs: nowMs + 600_000, lastSeenAtMs: nowMs, isConnected: false },
    lobbyIdentity: newLobbyIdentity(),
  };
  return storeTicket(ticket, read ?? (await mustRead(code, key, nowMs)), cap);
}

async function verdict(wanted: Verdict, tickets: readonly TicketId[] | "all", nowMs = NOW, by = "Olga") {
  const { place } = await mustRead(code, undefined, nowMs);
  return storeVerdicts({ code, rev: place.room.rev, verdict: wanted, by, nowMs }, tickets);
}

const names = async (nowMs = NOW) => (await listQueue(code, nowMs)).map(({ name }) => name);
const statusOf = async (key: PersonKey, nowMs = NOW) => (await mustRead(code, key, nowMs)).ticket?.status;

describe("asking", () => {
  test("[L7] two tabs that ask at once hold one ticket, and hosts see one", async () => {
    const key = aGuest();
    const read = await mustRead(code, key);
    const results = await Promise.allSettled([ask(key, { read }), ask(key, { read })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "changed_meanwhile" } });
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
    expect(await storeName(code, key, "Ada L.", NOW)).toBe("waiting");
    expect(await names()).toEqual(["Ada L."]);
    await verdict("admitted", [ticket.id]);
    expect(await storeName(code, key, "The Boss", NOW)).toBe("admitted");
    expect((await mustRead(code, key)).ticket?.name).toBe("Ada L.");
  });
});

describe("lapsing", () => {
  test("[L5] a request lapses after a minute of silence, and each question starts the minute anew", async () => {
    const key = aGuest();
    await ask(key);
    expect(await statusOf(key, NOW + 50_000)).toBe("waiting");
    expect(await names(NOW + 109_999)).toEqual(["Ada"]);
    expect(await names(NOW + 110_000)).toEqual([]);
    expect(await statusOf(key, NOW + 110_000)).toBe("lapsed");
  });

  test("[L5] a connected guest waits the whole ten minutes; a lost connection has a minute", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    expect(await storeConnected(code, ticket.lobbyIdentity, true, NOW)).toEqual([]);
    expect(await names(NOW + 599_999)).toEqual(["Ada"]);
    await storeConnected(code, ticket.lobbyIdentity, false, NOW + 100_000);
    expect(await listQueue(code, NOW + 120_000)).toMatchObject([{ isConnected: false }]);
    expect(await names(NOW + 160_000)).toEqual([]);
    expect(await storeConnected(code, ticket.lobbyIdentity, true, NOW + 160_000)).toBeUndefined();
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
    const key = aGuest();
    await ask(key);
    await redis().hset(keys.room(code), { isLocked: 1 });
    expect(await names()).toEqual([]);
    expect((await mustRead(code, key)).ticket).toMatchObject({ status: "refused", code: "room_locked" });
  });
});

describe("deciding", () => {
  test("[L13] two hosts who decide otherwise at once give one verdict, and the later learns it", async () => {
    for (let round = 0; round < 25; round += 1) {
      const key = aGuest();
      const { ticket } = await ask(key);
      const [one, other] = await Promise.all([verdict("admitted", [ticket.id]), verdict("denied", [ticket.id], NOW, "Otto")]);
      const stored = await statusOf(key);
      expect([one[0]?.status, other[0]?.status]).toEqual(stored === "admitted" ? ["done", "admitted"] : ["denied", "done"]);
      await redis().del(keys.denials(code));
    }
  });

  test("[L14] the same verdict twice is one", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    expect(await verdict("denied", [ticket.id])).toMatchObject([{ status: "done" }]);
    expect(await verdict("denied", [ticket.id])).toMatchObject([{ status: "denied" }]);
    expect((await mustRead(code, key)).denials).toEqual({ count: 1, lastAtMs: NOW });
  });

  test("[L15] everybody is admitted in one step, and the log names each", async () => {
    const guests = Array.from({ length: 20 }, aGuest);
    for (const [i, key] of guests.entries()) await ask(key, { nowMs: NOW + i, name: `Guest "${i}"` });
    const outcomes = await verdict("admitted", "all", NOW + 30);
    expect(outcomes.filter(({ status }) => status === "done")).toHaveLength(20);
    expect(outcomes.every(({ lobbyIdentity }) => lobbyIdentity)).toBe(true);
    expect(await names(NOW + 30)).toEqual([]);
    const entry = JSON.parse((await redis().lindex(keys.log(code), 0)) ?? "") as unknown;
    expect(entry).toEqual({ atMs: NOW + 30, by: "Olga", what: "admit", target: 'Guest "19"', detail: "" });
  });

  test("[L15] only those whom the host saw are decided on, and strangers' tickets are unknown", async () => {
    const { ticket } = await ask(aGuest(), { name: "Seen" });
    await ask(aGuest(), { nowMs: NOW + 1, name: "Unseen" });
    const elsewhere = newTicketId();
    expect(await verdict("admitted", [ticket.id, elsewhere], NOW + 2)).toMatchObject([
      { status: "done" },
      { status: "unknown" },
    ]);
    expect(await names(NOW + 2)).toEqual(["Unseen"]);
  });

  test("[L2] who was denied three times may ask no more in this meeting", async () => {
    const key = aGuest();
    for (let i = 0; i < 3; i += 1) {
      const nowMs = NOW + i * 60_000;
      expect(decideEntry(await mustRead(code, key, nowMs), anAsk(), nowMs).status).toBe("ask");
      const { ticket } = await ask(key, { nowMs });
      await verdict("denied", [ticket.id], nowMs);
    }
    const later = NOW + 3_600_000;
    const decision = decideEntry(await mustRead(code, key, later), anAsk(), later);
    expect(decision).toMatchObject({ status: "refused", code: "entry_denied", facts: { asksLeft: 0 } });
  });

  test("[L2] a denial between reading and asking is not overlooked", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeCancellation(code, key, NOW);
    const read = await mustRead(code, key);
    await redis().hset(keys.denials(code), { [key]: `1|${NOW}` });
    await expect(ask(key, { read })).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(ticket.status).toBe("waiting");
  });

  test("[L16] admitting somebody forgives an earlier removal", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner, "open");
    await sit(code, owner.key);
    const key = aGuest();
    await redis().hset(keys.expelled(code), { [key]: NOW });
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW).status).toBe("ask");
    const { ticket } = await ask(key);
    await verdict("admitted", [ticket.id]);
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW)).toMatchObject({ status: "admitted" });
  });

  test("[L17] hosts see who shares an address with somebody removed, and who was denied before", async () => {
    await redis().hset(keys.removedAddresses(code), { address: NOW });
    const key = aGuest();
    await redis().hset(keys.denials(code), { [key]: `2|${NOW - 60_000}` });
    await ask(key);
    expect(await listQueue(code, NOW)).toMatchObject([{ isLikeRemoved: true, denials: 2, isConnected: true }]);
  });
});

describe("using a verdict", () => {
  test("[L18] an admitted ticket opens the door as long as it is admitted, also after leaving", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await verdict("admitted", [ticket.id]);
    const { seat } = await sit(code, key, { ticketId: ticket.id });
    await freeSeat(code, seat.identity);
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW)).toMatchObject({ because: "ticket" });
    await redis().hset(keys.ticket(code, ticket.id), { status: "cancelled" });
    await expect(sit(code, key, { ticketId: ticket.id })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[L19] a verdict ends with its meeting; those who wait stay when everybody left, and learn when it is ended", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner);
    const { seat, open } = await sit(code, owner.key);
    const [admitted, waiting] = [aGuest(), aGuest()];
    const { ticket } = await ask(admitted);
    await verdict("admitted", [ticket.id]);
    await ask(waiting);

    await freeSeat(code, seat.identity);
    if (open) await storeForget(code, open.sessionId, NOW);
    expect(await statusOf(admitted)).toBeUndefined();
    expect(await names()).toEqual(["Ada"]);

    await storeEnd(code, NOW);
    expect((await mustRead(code, waiting)).ticket).toMatchObject({ status: "refused", code: "room_ended" });
    expect(await names()).toEqual([]);
  });
});
