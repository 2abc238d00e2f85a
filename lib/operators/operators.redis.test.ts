import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hasSessionEnded } from "#lib/auth/sign-out-repository.ts";
import { env } from "#lib/env.ts";
import { readOwners } from "#lib/health/session-owner-repository.ts";
import { newDeviceId, newSignInId, type SessionId } from "#lib/ids.ts";
import { readSweep } from "#lib/presence/sweep-repository.ts";
import { redis } from "#lib/redis/client.ts";
import { keys, TTL_MS } from "#lib/redis/keys.ts";
import { answerPresence } from "#lib/seats/presence-service.ts";
import { requireInside } from "#lib/seats/seat-guards.ts";
import { reportSeat } from "#lib/seats/seat-repository.ts";
import { NOW } from "#lib/testing/places.ts";
import { aGuest, aRoomOf, anAccount, mustRead, sit } from "#lib/testing/redis-rooms.ts";
import type { OperatorAction, WantedLimits } from "./operator-schema.ts";
import { act, findRoom, readAccountUse, roomRef } from "./operator-service.ts";

const operator = anAccount("Olga Operator");
const none: WantedLimits = { rooms: null, meetings: null, people: null, minutes: null };
let lines: string[];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((line) => void lines.push(String(line)));
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => void vi.restoreAllMocks());

const does = (action: OperatorAction) => act(operator, action, NOW);
const limit = (account: ReturnType<typeof anAccount>, limits: Partial<WantedLimits>) =>
  does({ action: "set-limits", account: account.accountId, limits: { ...none, ...limits } });

describe("[O21] rooms of an account", () => {
  test("are as many as its limit, and a deleted one frees a slot", async () => {
    const owner = anAccount();
    await limit(owner, { rooms: 2 });
    const first = await aRoomOf(owner);
    await aRoomOf(owner);
    await expect(aRoomOf(owner)).rejects.toMatchObject({ code: "rooms_limit" });
    await does({ action: "delete-room", account: owner.accountId, room: roomRef(first) });
    await aRoomOf(owner);
    await aRoomOf(anAccount());
  });

  test("count while they have not expired", async () => {
    const owner = anAccount();
    await limit(owner, { rooms: 1 });
    const code = await aRoomOf(owner);
    await redis().hset(keys.ofRoom("room", code), { expiresAtMs: NOW });
    await aRoomOf(owner);
  });

  test("are as many as the limit even if many are created at the same time", async () => {
    const owner = anAccount();
    await limit(owner, { rooms: 3 });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => aRoomOf(owner)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });
});

describe("[O22] concurrent meetings of an account", () => {
  test("are as many as its limit; a running one can be joined, and one that is over frees a slot", async () => {
    const owner = anAccount();
    await limit(owner, { meetings: 2 });
    const codes = [await aRoomOf(owner, "open"), await aRoomOf(owner, "open"), await aRoomOf(owner, "open")] as const;
    await sit(codes[0], owner.key);
    const { open } = await sit(codes[1], owner.key);
    await expect(sit(codes[2], owner.key)).rejects.toMatchObject({ code: "meetings_limit" });
    // A guest cannot begin a meeting beyond it either.
    await expect(sit(codes[2], aGuest())).rejects.toMatchObject({ code: "meetings_limit" });
    await sit(codes[0], aGuest());
    await does({ action: "end-meeting", session: open?.sessionId ?? ("" as SessionId) });
    await sit(codes[2], owner.key);
  });
});

describe("[O23] participants in a meeting of an account", () => {
  test("are as many as its limit, in rooms from before and after the limit was set", async () => {
    const owner = anAccount();
    const before = await aRoomOf(owner, "open");
    await limit(owner, { people: 2 });
    const after = await aRoomOf(owner, "open");
    for (const code of [before, after]) {
      await sit(code, aGuest());
      await sit(code, aGuest());
      await expect(sit(code, aGuest())).rejects.toMatchObject({ code: "room_full" });
    }
    await limit(owner, {});
    expect((await mustRead(after, undefined)).place.room.maxParticipants).toBe(env().MAX_PARTICIPANTS);
  });
});

test("[O20] an operator can see what an account may use and uses, without codes, names and titles", async () => {
  const owner = anAccount("Hanna Host");
  const quiet = await aRoomOf(owner);
  const live = await aRoomOf(owner);
  const { open } = await sit(live, owner.key);
  await limit(owner, { rooms: 5, people: 300 });
  const use = await readAccountUse(owner.accountId, NOW);
  expect(use).toMatchObject({
    isOperator: false,
    own: { rooms: 5, people: 300 },
    limits: { rooms: 5, meetings: 20, people: 300, minutes: 1_440 },
    defaults: { rooms: 200, people: 100 },
  });
  const of = (code: typeof live) => use.rooms.find(({ room }) => room === roomRef(code));
  expect(of(live)).toMatchObject({ insideCount: 1, session: open?.sessionId });
  expect(of(quiet)).toMatchObject({ insideCount: 0 });
  expect(of(quiet)?.session).toBeUndefined();
  for (const secret of [quiet, live, "Hanna"]) expect(JSON.stringify(use)).not.toContain(secret);
  expect(await redis().pttl(keys.account(owner.accountId))).toBeGreaterThan(TTL_MS.account - 10_000);
});

test("[O24] an operator ends a meeting by its session, and not the one after it", async () => {
  const owner = anAccount();
  const code = await aRoomOf(owner, "open");
  const { open: first } = await sit(code, owner.key);
  const session = first?.sessionId ?? ("" as SessionId);
  expect(await readOwners([session])).toEqual(new Map([[session, owner.accountId]]));
  await does({ action: "end-meeting", session });
  expect((await mustRead(code, owner.key)).place).toMatchObject({ session: undefined, room: { endedAtMs: NOW } });
  const { open: second } = await sit(code, owner.key);
  await does({ action: "end-meeting", session });
  expect((await mustRead(code, owner.key)).place.session?.sessionId).toBe(second?.sessionId);
});

test("[O25] an operator deletes a room by its link or from the account's list, and only a room of that account", async () => {
  const [owner, other] = [anAccount(), anAccount()];
  const code = await aRoomOf(owner);
  const found = await findRoom(code);
  expect(found).toEqual({ account: owner.accountId, room: roomRef(code) });
  await expect(does({ action: "delete-room", ...found, account: other.accountId })).rejects.toMatchObject({
    code: "not_found",
  });
  await does({ action: "delete-room", ...found });
  expect((await readAccountUse(owner.accountId, NOW)).rooms).toEqual([]);
  await expect(findRoom(code)).rejects.toMatchObject({ code: "room_unknown" });
});

test("[A36] [O27] a blocked account's meetings end, no new one begins, and it creates no room, until the block is lifted", async () => {
  const owner = anAccount();
  const [live, quiet] = [await aRoomOf(owner, "open"), await aRoomOf(owner, "open")];
  await sit(live, owner.key);
  await sit(live, aGuest());
  const session = { accountId: owner.accountId, name: "Ada", signInId: newSignInId(), signedInAtMs: NOW };
  await does({ action: "block", account: owner.accountId });
  expect((await readAccountUse(owner.accountId, NOW)).blockedAtMs).toBe(NOW);
  expect(await hasSessionEnded(session)).toBe(true);
  expect((await mustRead(live, undefined)).place.session).toBeUndefined();
  await expect(sit(quiet, aGuest())).rejects.toMatchObject({ code: "host_blocked" });
  await expect(aRoomOf(owner)).rejects.toMatchObject({ code: "host_blocked" });
  await does({ action: "unblock", account: owner.accountId });
  expect((await readAccountUse(owner.accountId, NOW)).blockedAtMs).toBeUndefined();
  await sit(quiet, aGuest());
  await aRoomOf(owner);
});

test("[O27] an operator cannot be blocked", async () => {
  const colleague = anAccount();
  const before = env().OPERATORS;
  env().OPERATORS = [colleague.accountId];
  try {
    await expect(does({ action: "block", account: colleague.accountId })).rejects.toMatchObject({
      code: "not_allowed",
    });
  } finally {
    env().OPERATORS = before;
  }
});

test("[O28] an operator's action is logged with their account, the action and the target, also when it fails", async () => {
  const owner = anAccount();
  await does({ action: "block", account: owner.accountId });
  await expect(does({ action: "drain", site: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
  const acts = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === "operator.acts"); // prettier-ignore
  expect(acts).toMatchObject([
    { operator: operator.accountId, action: "block", target: owner.accountId },
    { operator: operator.accountId, action: "drain", target: "nowhere" },
  ]);
});

describe("[O30] a meeting that reached its length limit", () => {
  const MINUTE_MS = 60_000;

  test("ends for all with the next heartbeat of any participant, and its owner can start it again", async () => {
    const owner = anAccount();
    await limit(owner, { minutes: 30 });
    const code = await aRoomOf(owner, "open");
    const device = newDeviceId();
    await sit(code, owner.key, { device });
    await sit(code, aGuest());
    const [soon, over] = [NOW + 21 * MINUTE_MS, NOW + 30 * MINUTE_MS];
    const insideAt = async (nowMs: number) => requireInside((await mustRead(code, owner.key, nowMs)).place, device);
    const reportAt = async (nowMs: number) => {
      const inside = await insideAt(nowMs);
      return answerPresence({ ...inside, role: (await reportSeat(code, owner.key, device, nowMs)).role }, nowMs);
    };
    await redis().zadd(keys.ofRoom("seats", code), {
      score: over + MINUTE_MS,
      member: (await insideAt(NOW)).seat.identity,
    });
    expect((await reportAt(NOW + 19 * MINUTE_MS)).room.minutesLeft).toBeUndefined();
    expect((await reportAt(soon)).room.minutesLeft).toBe(9);
    await expect(reportAt(over)).rejects.toMatchObject({ code: "room_ended" });
    expect((await mustRead(code, owner.key, over)).place).toMatchObject({
      session: undefined,
      room: { endedAtMs: over },
    });
    const { open } = await sit(code, owner.key, { nowMs: over });
    expect(open).toBeDefined();
  });

  test("is found by the gatekeeper's sweep, and a longer limit applies to a running meeting", async () => {
    const owner = anAccount();
    await limit(owner, { minutes: 30 });
    const code = await aRoomOf(owner, "open");
    const { open, seat } = await sit(code, owner.key);
    const media = { kind: "meeting", sessionId: open?.sessionId ?? ("" as SessionId), leg: "a" } as const;
    const isOver = async (nowMs: number) =>
      (await readSweep([{ media, connected: [seat.identity], gone: [] }], nowMs)).rooms[0]?.isOverTime;
    expect(await isOver(NOW + 29 * MINUTE_MS)).toBe(false);
    expect(await isOver(NOW + 30 * MINUTE_MS)).toBe(true);
    await limit(owner, { minutes: 60 });
    expect(await isOver(NOW + 30 * MINUTE_MS)).toBe(false);
  });
});
