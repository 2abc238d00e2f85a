import { expect, test, vi } from "vitest";
import { z } from "zod";
import { useNearReplica } from "../../tests/support/near-replica.ts";
import { readEntry } from "#lib/lobby/lobby-repository.ts";
import { listQueue } from "#lib/lobby/queue-repository.ts";
import { anyone, handleAt } from "#lib/http/handle.ts";
import { rateLimiter } from "#lib/http/rate-limiter.ts";
import { RoomCode } from "#lib/ids.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, sit } from "#lib/testing/redis-rooms.ts";
import { ticketsOf } from "#lib/testing/redis-tickets.ts";
import { readPlace } from "#lib/seats/seat-repository.ts";
import { newestRevision, withRevisions } from "#lib/revisions.ts";

const LAG_MS = 2_000;
const replica = useNearReplica();

/** A request that writes. @returns what it would put into its nudge. */
const writing = (work: () => Promise<unknown>) =>
  withRevisions({ isNear: false, seen: 0 }, async () => {
    await work();
    return newestRevision() ?? 0;
  });
/** A request that only reads, from a browser that has seen this revision. */
const reading = <T>(seen: number, work: () => Promise<T>) =>
  replica.askedDuring(() => withRevisions({ isNear: true, seen }, work));

async function aMeeting() {
  const owner = anAccount();
  const code = await aRoomOf(owner);
  await sit(code, owner.key);
  return { code, owner, tickets: ticketsOf(() => code) };
}

test("[H55] a read that follows a nudge never misses what it announced, from a replica that lags by two seconds", async () => {
  const { code, tickets } = await aMeeting();
  const names = async () => (await listQueue(code, NOW)).map(({ name }) => name);
  await writing(() => tickets.ask(aGuest(), { name: "Ada" }));
  // Both Redises know the scripts and the first guest.
  await vi.waitFor(async () => {
    expect(await reading(0, names)).toEqual({ asked: ["replica"], answer: ["Ada"] });
  }, 20_000);
  replica.lagBy(LAG_MS);
  try {
    const nudged = await writing(() => tickets.ask(aGuest(), { name: "Ben", nowMs: NOW + 1 }));
    expect(nudged).toBeGreaterThan(0);
    // Without the nudge the replica answers, and does not have the change yet. This proves that the replica lags.
    expect(await reading(0, names)).toEqual({ asked: ["replica"], answer: ["Ada"] });
    expect(await reading(nudged, names)).toEqual({ asked: ["replica", "primary"], answer: ["Ada", "Ben"] });
    // Two seconds later the replica has caught up, and the primary is left alone.
    await vi.waitFor(async () => expect((await reading(nudged, names)).asked).toEqual(["replica"]), 20_000);
    expect((await reading(nudged, names)).answer).toEqual(["Ada", "Ben"]);
  } finally {
    replica.lagBy(0);
  }
});

test("[H56] a request that decides asks the primary only", async () => {
  const { code, owner } = await aMeeting();
  const read = () => readPlace(code, owner.key, NOW);
  const asked = await replica.askedDuring(() => withRevisions({ isNear: false, seen: 0 }, read));
  expect(asked.asked).toEqual(["primary"]);
  expect((await replica.askedDuring(read)).asked).toEqual(["primary"]);
});

test("[H56] whether the sender guesses room codes is asked near, for a request that only reads", async () => {
  const handle = handleAt({ limiter: rateLimiter, clock: Date.now, report: () => undefined });
  const spec = {
    params: z.object({ code: RoomCode }),
    answer: z.object({}),
    allow: anyone,
    limit: "room.lookUp",
  } as const;
  const { code } = await aMeeting();
  const asking = (isNear: object) => {
    const handler = handle({ ...spec, ...isNear }, () => Promise.resolve({}));
    const request = new Request("http://localhost:3000/api/x");
    return replica.askedDuring(async () => (await handler(request, { params: Promise.resolve({ code }) })).status);
  };
  expect(await asking({ isNear: true })).toEqual({ asked: ["replica"], answer: 200 });
  expect(await asking({})).toEqual({ asked: ["primary"], answer: 200 });
});

test("[H55] a room that the replica does not have yet is read from the primary", async () => {
  replica.lagBy(LAG_MS);
  try {
    const { code, owner } = await aMeeting();
    const { asked, answer } = await reading(0, () => readPlace(code, owner.key, NOW));
    expect(asked).toEqual(["replica", "primary"]);
    expect(answer?.insideCount).toBe(1);
  } finally {
    replica.lagBy(0);
  }
});

test("[H55] each script that writes to a room raises its revision, and no script that only reads does", async () => {
  const { code, tickets, owner } = await aMeeting();
  const first = await writing(() => readPlace(code, owner.key, NOW));
  expect(await writing(() => readPlace(code, owner.key, NOW))).toBe(first);
  expect(await writing(() => tickets.ask(aGuest()))).toBeGreaterThan(first);
});

test("[H55] a guest who was notified of the verdict can read it, though the replica does not have it yet", async () => {
  const { code, tickets } = await aMeeting();
  const guest = aGuest();
  await tickets.ask(guest, { name: "Ada" });
  const status = async () => (await readEntry(code, { personKey: guest, addressKey: "address" }, NOW))?.ticket?.status;
  await vi.waitFor(
    async () => expect(await reading(0, status)).toEqual({ asked: ["replica"], answer: "waiting" }),
    20_000,
  );
  replica.lagBy(LAG_MS);
  try {
    const nudged = await writing(() => tickets.verdict("admitted", "all"));
    expect(await reading(0, status)).toEqual({ asked: ["replica"], answer: "waiting" });
    expect((await reading(nudged, status)).answer).toBe("admitted");
  } finally {
    replica.lagBy(0);
  }
});

test("[H56] a waiting guest's poll goes to the primary when it is due to be stored, so that the request does not lapse", async () => {
  const { code, tickets } = await aMeeting();
  const guest = aGuest();
  await tickets.ask(guest);
  const polled = (afterMs: number) =>
    reading(0, async () => (await readEntry(code, { personKey: guest, addressKey: "address" }, NOW + afterMs))?.ticket);
  await vi.waitFor(async () => expect((await polled(2_999)).asked).toEqual(["replica"]), 20_000);
  const { asked, answer } = await polled(3_000);
  expect(asked).toEqual(["replica", "primary"]);
  expect(answer?.lastSeenAtMs).toBe(NOW + 3_000);
});
