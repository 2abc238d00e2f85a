import { beforeEach, describe, expect, test } from "vitest";
import type { PersonKey, RoomCode } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { TTL_MS, keys } from "#lib/redis/keys.ts";
import { OVER_TICKET_MS } from "#lib/seats/ticket-lua.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, anAsk, mustRead } from "#lib/testing/redis-rooms.ts";
import { ticketsOf } from "#lib/testing/redis-tickets.ts";
import { decideEntry } from "./decide-entry.ts";
import { listQueue } from "./queue-repository.ts";

let code: RoomCode;
const { ask, verdict, names, statusOf } = ticketsOf(() => code);
beforeEach(async () => {
  code = await aRoomOf(anAccount());
});

const FULL = { code: "lobby_full" };
const refused = () => undefined;

/** Three hundred concurrent knocks from this many addresses, each with its own pass. */
async function flood(addresses: number, nowMs: number): Promise<void> {
  const knocks = Array.from({ length: 300 }, (_, at) =>
    ask(aGuest(), { nowMs: nowMs + at, name: "Bot", addressKey: `flood ${at % addresses}` }).catch(refused),
  );
  await Promise.all(knocks);
}

describe("[L21] spots in the lobby are rationed", () => {
  test("a class of thirty behind one address waits; the thirty-first is refused, and a neighbour is not", async () => {
    for (let at = 0; at < 30; at += 1) await ask(aGuest(), { addressKey: "school" });
    await expect(ask(aGuest(), { addressKey: "school" })).rejects.toMatchObject(FULL);
    await ask(aGuest(), { addressKey: "home" });
    expect(await names()).toHaveLength(31);
  });

  test.each([1, 4, 50])(
    "a flood from %i addresses leaves a spot for a guest and for a signed-in user",
    async (addresses) => {
      await flood(addresses, NOW);
      const [guest, member] = [aGuest(), anAccount().key];
      const nowMs = NOW + 300;
      await ask(guest, { nowMs, name: "Ada", addressKey: "home" });
      await ask(member, { nowMs, name: "Mia", kind: "account", addressKey: "flood 0" });
      await flood(addresses, nowMs);
      const waiting = await names(nowMs + 300);
      expect(waiting.filter((name) => name === "Ada" || name === "Mia")).toHaveLength(2);
      expect(await statusOf(guest, nowMs + 300)).toBe("waiting");
      expect(waiting.length).toBeLessThanOrEqual(101);
    },
  );

  test("in a full lobby the address that holds the most loses its newest, who is notified", async () => {
    const crowd: { key: PersonKey; lobbyIdentity: string }[] = [];
    for (let at = 0; at < 6; at += 1) {
      const key = aGuest();
      const addressKey = at < 4 ? "crowd" : "few";
      const { ticket } = await ask(key, { nowMs: NOW + at, cap: 6, addressKey });
      crowd.push({ key, lobbyIdentity: ticket.lobbyIdentity });
    }
    const { lost } = await ask(aGuest(), { nowMs: NOW + 9, cap: 6, addressKey: "home", name: "Late" });
    expect(lost).toEqual([crowd[3]?.lobbyIdentity]);
    expect((await mustRead(code, crowd[3]?.key, NOW + 9)).ticket).toMatchObject({
      status: "refused",
      code: "lobby_full",
    });
    expect(await names(NOW + 9)).toEqual(["Ada", "Ada", "Ada", "Ada", "Ada", "Late"]);
  });

  test("an address loses no spot to one that would then hold as many", async () => {
    for (let at = 0; at < 6; at += 1) await ask(aGuest(), { cap: 6, addressKey: `home ${at % 3}` });
    await expect(ask(aGuest(), { cap: 6, addressKey: "home 0" })).rejects.toMatchObject(FULL);
    // Two of each: a guest from a fourth address still comes first.
    await ask(aGuest(), { cap: 6, addressKey: "elsewhere" });
    await expect(ask(aGuest(), { cap: 6, addressKey: "elsewhere" })).rejects.toMatchObject(FULL);
  });

  test("among addresses that hold equally many, the newest knock loses its spot", async () => {
    for (let at = 0; at < 6; at += 1)
      await ask(aGuest(), { cap: 6, nowMs: NOW + at, name: `${at}`, addressKey: at < 3 ? "class" : "flood" });
    await ask(aGuest(), { cap: 6, nowMs: NOW + 9, name: "Late", addressKey: "home" });
    expect(await names(NOW + 9)).toEqual(["0", "1", "2", "3", "4", "Late"]);
  });

  test("a guest who lost their spot can ask again", async () => {
    const key = aGuest();
    for (let at = 0; at < 3; at += 1) await ask(aGuest(), { cap: 4, nowMs: NOW + at, addressKey: "crowd" });
    await ask(key, { cap: 4, nowMs: NOW + 3, addressKey: "crowd" });
    await ask(aGuest(), { cap: 4, nowMs: NOW + 4, addressKey: "home" });
    expect(await statusOf(key, NOW + 4)).toBe("refused");
    expect(decideEntry(await mustRead(code, key, NOW + 5), anAsk(), NOW + 5).status).toBe("ask");
  });
});

test("[L23] signed-in users have spots of their own, as many as guests", async () => {
  for (let at = 0; at < 3; at += 1) await ask(aGuest(), { cap: 3, addressKey: `${at}` });
  await expect(ask(aGuest(), { cap: 3, addressKey: "home" })).rejects.toMatchObject(FULL);
  for (let at = 0; at < 3; at += 1) await ask(anAccount().key, { cap: 3, kind: "account" });
  await expect(ask(anAccount().key, { cap: 3, kind: "account" })).rejects.toMatchObject(FULL);
  expect(await names()).toHaveLength(6);
});

describe("[L25] denials count for the network address as well", () => {
  const from = async (addressKey: string, key = aGuest(), nowMs = NOW, isSignedIn = false) =>
    decideEntry(await mustRead(code, key, nowMs, addressKey), anAsk({ isSignedIn }), nowMs);

  test("a denied guest with a new pass waits a minute, and hosts see why", async () => {
    const { ticket } = await ask(aGuest(), { addressKey: "home" });
    await verdict("denied", [ticket.id]);
    expect(await from("home", aGuest(), NOW + 1_000)).toMatchObject({
      code: "entry_denied",
      facts: { asksLeft: 2, mayAskAgainAtMs: NOW + 60_000, retryAfterSeconds: 59, isForNetwork: true },
    });
    expect(await from("elsewhere")).toMatchObject({ status: "ask" });
    const nowMs = NOW + 60_000;
    expect(await from("home", aGuest(), nowMs)).toMatchObject({ status: "ask" });
    await ask(aGuest(), { addressKey: "home", nowMs });
    expect(await listQueue(code, nowMs)).toMatchObject([{ denials: 0, networkDenials: 1 }]);
  });

  test("after three denials of an address no guest from there can ask, with any pass; a signed-in user can", async () => {
    for (let at = 0; at < 3; at += 1) {
      const nowMs = NOW + at * 60_000;
      const { ticket } = await ask(aGuest(), { addressKey: "home", nowMs });
      await verdict("denied", [ticket.id], nowMs);
    }
    const nowMs = NOW + 3_600_000;
    const decision = await from("home", aGuest(), nowMs);
    expect(decision).toEqual({ status: "refused", code: "entry_denied", facts: { asksLeft: 0, isForNetwork: true } });
    expect(await from("home", anAccount().key, nowMs, true)).toMatchObject({ status: "ask" });
  });

  test("admitting a guest from an address clears its denials: a class does not suffer for one of its members", async () => {
    const [bad, good] = [await ask(aGuest(), { addressKey: "school" }), await ask(aGuest(), { addressKey: "school" })];
    await verdict("denied", [bad.ticket.id]);
    expect(await from("school")).toMatchObject({ code: "entry_denied" });
    await verdict("admitted", [good.ticket.id]);
    expect(await from("school")).toMatchObject({ status: "ask" });
  });

  test("a denial of a classmate between reading and asking is noticed", async () => {
    const key = aGuest();
    const other = await ask(aGuest(), { addressKey: "school" });
    const read = await mustRead(code, key, NOW, "school");
    await verdict("denied", [other.ticket.id]);
    await expect(ask(key, { read, addressKey: "school" })).rejects.toMatchObject({ code: "changed_meanwhile" });
  });
});

describe("[L26] what remains of a finished request", () => {
  /** Number of lobby entries in Redis. */
  const left = async (): Promise<number> => {
    const found = await Promise.all([
      redis().hlen(keys.ofRoom("tickets", code)),
      redis().hlen(keys.ofRoom("lobby", code)),
      redis().zcard(keys.ofRoom("queue", code)),
      redis().zcard(keys.ofRoom("lapses", code)),
      redis().zcard(keys.ofRoom("stale", code)),
    ]);
    return found.reduce((sum, size) => sum + size, 0);
  };

  test.each<[string, () => Promise<unknown>]>([
    ["lapsed", () => Promise.resolve()],
    ["lost its spot", () => ask(aGuest(), { cap: 2, addressKey: "home" })],
  ])("one that %s is forgotten a few minutes later", async (_, end) => {
    const asked = [await ask(aGuest(), { cap: 2, addressKey: "crowd" }), await ask(aGuest(), { addressKey: "crowd" })];
    await end();
    // The minute of silence, then the minutes in which its tab can ask.
    await names(NOW + 60_000);
    expect(await left()).toBeGreaterThan(0);
    await names(NOW + 60_000 + OVER_TICKET_MS);
    expect(await left()).toBe(0);
    for (const { ticket } of asked) expect(await redis().exists(keys.ofRoom("ticket", code, ticket.id))).toBe(0);
  });

  test("a knock of a guest who left expires automatically", async () => {
    const { ticket } = await ask(aGuest());
    const lifetimes = await Promise.all(
      [
        keys.ofRoom("ticket", code, ticket.id),
        keys.ofRoom("tickets", code),
        keys.ofRoom("lobby", code),
        keys.ofRoom("queue", code),
        keys.ofRoom("lapses", code),
      ].map((key) => redis().pttl(key)),
    );
    for (const ttl of lifetimes) {
      expect(ttl).toBeGreaterThan(0);
      expect(ttl).toBeLessThanOrEqual(60_000 + OVER_TICKET_MS);
    }
  });

  test("a guest who asks again before that keeps the new request", async () => {
    const key = aGuest();
    await ask(key);
    await names(NOW + 60_000);
    await ask(key, { nowMs: NOW + 61_000 });
    await mustRead(code, key, NOW + 110_000);
    await mustRead(code, key, NOW + 160_000);
    expect(await names(NOW + 60_000 + OVER_TICKET_MS)).toEqual([]);
    await ask(key, { nowMs: NOW + 300_000 });
    expect(await statusOf(key, NOW + 300_000 + 55_000)).toBe("waiting");
    expect(await names(NOW + 300_000 + 56_000)).toEqual(["Ada"]);
  });

  test("a verdict lasts as long as the meeting", async () => {
    const key = aGuest();
    const { ticket } = await ask(key);
    await verdict("admitted", [ticket.id]);
    await names(NOW + 3_600_000);
    expect(await statusOf(key, NOW + 3_600_000)).toBe("admitted");
    expect(await redis().pttl(keys.ofRoom("tickets", code))).toBeGreaterThan(TTL_MS.decidedTicket - 60_000);
  });
});
