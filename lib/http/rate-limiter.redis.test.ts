import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { anyone, handleAt } from "./handle.ts";
import { newGuestPass } from "#lib/auth/guest-pass.ts";
import { AccountId, RoomCode, newRoomCode } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { z } from "zod";
import type { Caller } from "./limit-keys.ts";
import { rateLimiter } from "./rate-limiter.ts";
import { LIMITS, type LimitName } from "./rate-limits.ts";

// The clock is in the middle of a window, so that no test crosses the end of one.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1, 12, 30, 5) }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A caller with a new address, in a new room. */
const newCaller = (): Caller => ({
  actor: { kind: "guest", pass: newGuestPass(Date.now()) },
  addressKey: crypto.randomUUID(),
  code: newRoomCode(),
});

async function outcomes(name: LimitName, callers: Caller[]) {
  const results = await Promise.allSettled(callers.map((caller) => rateLimiter.count(name, caller)));
  const refused = results.filter((result) => result.status === "rejected").map(({ reason }) => reason as unknown);
  return { passed: results.length - refused.length, refused };
}

test("[H6] exactly as many pass as the table says, however many arrive at the same time", async () => {
  const caller = newCaller();
  const { atMost } = LIMITS["chat.send"].rules[0];
  const { passed, refused } = await outcomes("chat.send", Array<Caller>(atMost + 15).fill(caller));
  expect(passed).toBe(atMost);
  expect(refused[0]).toMatchObject({
    code: "rate_limited",
    facts: { retryAfterSeconds: expect.any(Number) as number },
  });
});

test("[H6] each key of a limit counts: guests who change their pass are limited by their address in the room", async () => {
  const first = newCaller();
  const callers = Array.from({ length: 80 }, () => ({ ...first, actor: newCaller().actor }));
  expect((await outcomes("entry.ask", callers)).passed).toBe(60);
  // The neighbour in another room is not affected.
  expect((await outcomes("entry.ask", [{ ...first, code: newRoomCode() }])).passed).toBe(1);
});

const withoutPass: Caller["actor"] = { kind: "guest", pass: undefined };

test("[L24] a flood of knocks from fifty addresses delays no other guest and no member", async () => {
  const room = newRoomCode();
  const flood = Array.from({ length: 50 }, () => ({ ...newCaller(), code: room }));
  const knocks = flood.flatMap((caller) => Array<Caller>(20).fill({ ...caller, actor: withoutPass }));
  await outcomes("entry.ask", knocks);
  expect((await outcomes("entry.ask", [{ ...newCaller(), code: room, actor: withoutPass }])).passed).toBe(1);
  const accountId = AccountId.parse(`a_${"m".repeat(27)}`);
  const member: Caller = { ...flood[0]!, actor: { kind: "account", accountId, name: "Mia" } };
  expect((await outcomes("entry.ask", [member])).passed).toBe(1);
});

test("[H18] knocks from one address are limited across all rooms", async () => {
  const first = { ...newCaller(), actor: withoutPass };
  const callers = Array.from({ length: 13 }, () => newRoomCode()).flatMap((code) =>
    Array<Caller>(50).fill({ ...first, code }),
  );
  expect((await outcomes("entry.ask", callers)).passed).toBe(600);
});

test("[H18] three classes behind one address join at the same time, with no pass yet", async () => {
  const first = { ...newCaller(), actor: withoutPass };
  const callers = Array.from({ length: 3 }, () => newRoomCode()).flatMap((code) =>
    Array<Caller>(30).fill({ ...first, code }),
  );
  expect((await outcomes("entry.ask", callers)).passed).toBe(90);
});

test("[H18] polls with ever new passes are limited by address", async () => {
  const first = newCaller();
  const { atMost } = LIMITS["entry.poll"].rules[1];
  const callers = Array.from({ length: atMost + 20 }, () => ({ ...first, actor: newCaller().actor }));
  expect((await outcomes("entry.poll", callers)).passed).toBe(atMost);
});

test("[H6] a caller who asked for ten rooms that do not exist learns nothing about those that do", async () => {
  const caller = newCaller();
  await rateLimiter.refuseGuesser(caller);
  expect((await outcomes("room.miss", Array<Caller>(12).fill(caller))).passed).toBe(10);
  await expect(rateLimiter.refuseGuesser(caller)).rejects.toMatchObject({ code: "rate_limited" });
  await expect(rateLimiter.count("room.lookUp", caller)).rejects.toMatchObject({ code: "rate_limited" });
  await expect(rateLimiter.count("hand", caller)).resolves.toBeUndefined();
});

test("[H6] limit and guard share one request to Redis", async () => {
  await rateLimiter.count("entry.ask", newCaller());
  await redis().eval("return 1", [], []);
  const sent = vi.spyOn(globalThis, "fetch");
  const handle = handleAt({ limiter: rateLimiter, clock: Date.now, report: () => undefined });
  const handler = handle(
    {
      params: z.object({ code: RoomCode }),
      answer: z.object({ ok: z.boolean() }),
      allow: async (context) => {
        await redis().eval("return 1", [], []);
        return anyone(context);
      },
      limit: "entry.ask",
    },
    () => Promise.resolve({ ok: true }),
  );
  const request = new Request("http://localhost:3000/api/x", {
    method: "POST",
    headers: { origin: "http://localhost:3000" },
  });
  expect((await handler(request, { params: Promise.resolve({ code: newRoomCode() }) })).status).toBe(200);
  expect(sent).toHaveBeenCalledTimes(1);
});
