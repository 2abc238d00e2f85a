import { beforeEach, describe, expect, test } from "vitest";
import { type RoomCode, newTicketId } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys } from "#lib/redis/keys.ts";
import { storeEnd } from "#lib/seats/end-repository.ts";
import { freeSeat } from "#lib/seats/seat-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, anAsk, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import { ticketsOf } from "#lib/testing/redis-tickets.ts";
import { decideEntry } from "./decide-entry.ts";
import { listQueue } from "./queue-repository.ts";
import { storeCancellation, storeName } from "./ticket-repository.ts";

let code: RoomCode;
const { ask, verdict, names, statusOf } = ticketsOf(() => code);
beforeEach(async () => {
  code = await aRoomOf(anAccount());
});

describe("deciding", () => {
  test("[L13] two hosts who decide differently at the same time give one verdict, and the later one sees it", async () => {
    for (let round = 0; round < 25; round += 1) {
      const key = aGuest();
      const { ticket } = await ask(key);
      const [one, other] = await Promise.all([
        verdict("admitted", [ticket.id]),
        verdict("denied", [ticket.id], NOW, "Otto"),
      ]);
      const stored = await statusOf(key);
      expect([one[0]?.status, other[0]?.status]).toEqual(
        stored === "admitted" ? ["done", "admitted"] : ["denied", "done"],
      );
      await redis().del(keys.ofRoom("denials", code));
    }
  });

  test("[L14] the same verdict twice counts once", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    expect(await verdict("denied", [ticket.id])).toMatchObject([{ status: "done" }]);
    expect(await verdict("denied", [ticket.id])).toMatchObject([{ status: "denied" }]);
    expect((await mustRead(code, key)).denials).toEqual({ count: 1, lastAtMs: NOW });
  });

  test("[O41] a verdict carries the time of the knock; a repeated one does not", async () => {
    const { ticket } = await ask(aGuest());
    const [first] = await verdict("admitted", [ticket.id], NOW + 4_000);
    const [second] = await verdict("admitted", [ticket.id], NOW + 5_000);
    expect([first?.askedAtMs, second?.askedAtMs]).toEqual([NOW, undefined]);
  });

  test("[L15] admit-all admits all waiting guests in one step, and the log names each", async () => {
    const guests = Array.from({ length: 20 }, aGuest);
    for (const [i, key] of guests.entries()) await ask(key, { nowMs: NOW + i, name: `Guest "${i}"` });
    const outcomes = await verdict("admitted", "all", NOW + 30);
    expect(outcomes.filter(({ status }) => status === "done")).toHaveLength(20);
    expect(outcomes.every(({ lobbyIdentity }) => lobbyIdentity)).toBe(true);
    expect(await names(NOW + 30)).toEqual([]);
    const entry = JSON.parse((await redis().lindex(keys.ofRoom("log", code), 0)) ?? "") as unknown;
    expect(entry).toEqual({ atMs: NOW + 30, by: "Olga", what: "admit", target: 'Guest "19"', detail: "" });
  });

  test("[L15] a verdict covers only the guests the host saw; tickets of other rooms are unknown", async () => {
    const { ticket } = await ask(aGuest(), { name: "Seen" });
    await ask(aGuest(), { nowMs: NOW + 1, name: "Unseen" });
    const elsewhere = newTicketId();
    expect(await verdict("admitted", [ticket.id, elsewhere], NOW + 2)).toMatchObject([
      { status: "done" },
      { status: "unknown" },
    ]);
    expect(await names(NOW + 2)).toEqual(["Unseen"]);
  });

  test("[L2] a guest who was denied three times cannot ask again in this meeting", async () => {
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

  test("[L2] a denial between reading and asking is noticed", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await storeCancellation(code, key, NOW);
    const read = await mustRead(code, key);
    await redis().hset(keys.ofRoom("denials", code), { [key]: `1|${NOW}` });
    await expect(ask(key, { read })).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(ticket.status).toBe("waiting");
  });

  test("[L16] admitting a user clears their earlier removal", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner, "open");
    await sit(code, owner.key);
    const key = aGuest();
    await redis().hset(keys.ofRoom("expelled", code), { [key]: NOW });
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW).status).toBe("ask");
    const { ticket } = await ask(key);
    await verdict("admitted", [ticket.id]);
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW)).toMatchObject({ status: "admitted" });
  });

  test("[L17] hosts see which guests share an address with a removed participant, and which were denied before", async () => {
    await redis().hset(keys.ofRoom("removedAddresses", code), { address: NOW });
    const key = aGuest();
    await redis().hset(keys.ofRoom("denials", code), { [key]: `2|${NOW - 60_000}` });
    await ask(key);
    expect(await listQueue(code, NOW)).toMatchObject([{ isLikeRemoved: true, denials: 2, isConnected: true }]);
  });
});

test("[L27] a knock with a name like that of a present host is flagged, also after a change of name", async () => {
  const owner = anAccount();
  code = await aRoomOf(owner);
  await sit(code, owner.key, { name: "Hanna Host" });
  const [eve, ada, hanna] = [aGuest(), aGuest(), owner.key];
  await ask(eve, { name: "Hаnnа Ноst" });
  await ask(ada, { nowMs: NOW + 1, name: "Ada" });
  await ask(hanna, { nowMs: NOW + 2, name: "Hanna Host", kind: "account" });
  const flags = async (nowMs: number) => (await listQueue(code, nowMs)).map(({ isLikeHost }) => isLikeHost);
  expect(await flags(NOW + 2)).toEqual([true, false, false]);
  await storeName(code, eve, "Eve", NOW + 3);
  await storeName(code, ada, "HANNA  HOST", NOW + 3);
  expect(await flags(NOW + 3)).toEqual([false, true, false]);
  // Without a host present there is no one to be mistaken for.
  for (const key of [eve, ada]) await statusOf(key, NOW + 55_000);
  expect(await flags(NOW + 60_000)).toEqual([false, false]);
});

test("[L28] a waiting user who joins without asking leaves the list", async () => {
  const owner = anAccount();
  code = await aRoomOf(owner, "open");
  await sit(code, owner.key);
  const key = aGuest();
  await ask(key);
  expect(await names()).toEqual(["Ada"]);
  await sit(code, key);
  expect(await names()).toEqual([]);
  expect(await statusOf(key)).toBe("cancelled");
});

describe("using a verdict", () => {
  test("[L18] an admitted ticket stays valid, also after leaving", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner);
    await sit(code, owner.key);
    const key = aGuest();
    const { ticket } = await ask(key);
    await verdict("admitted", [ticket.id]);
    const { seat } = await sit(code, key, { ticketId: ticket.id });
    await freeSeat(code, seat.identity, NOW);
    expect(decideEntry(await mustRead(code, key), anAsk(), NOW)).toMatchObject({ because: "ticket" });
    await redis().hset(keys.ofRoom("ticket", code, ticket.id), { status: "cancelled" });
    await expect(sit(code, key, { ticketId: ticket.id })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });

  test("[L19] verdicts end with their meeting; waiting guests stay when all participants leave, and are notified when it is ended", async () => {
    const owner = anAccount();
    code = await aRoomOf(owner);
    const { seat } = await sit(code, owner.key);
    const [admitted, waiting] = [aGuest(), aGuest()];
    const { ticket } = await ask(admitted);
    await verdict("admitted", [ticket.id]);
    await ask(waiting);

    await freeSeat(code, seat.identity, NOW);
    expect(await statusOf(admitted)).toBeUndefined();
    expect(await names()).toEqual(["Ada"]);

    await storeEnd(code, NOW);
    expect(await mustRead(code, waiting)).toMatchObject({ ticket: undefined, place: { room: { endedAtMs: NOW } } });
    expect(await names()).toEqual([]);
  });
});
