import { randomBytes } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { anyone, handleAt } from "#lib/http/handle.ts";
import { rateLimiter } from "#lib/http/rate-limiter.ts";
import { AccountId, newRoomCode, newSignInId, RoomCode } from "#lib/ids.ts";
import { redis } from "#lib/redis/client.ts";
import { keys, TTL_MS } from "#lib/redis/keys.ts";
import { post, sessionHeaders, SIGN_IN } from "../../tests/support/handling.ts";
import { isBlocked, saveBlocked, saveUnblocked } from "./block-repository.ts";
import { hasSessionEnded, saveSignedOut } from "./sign-out-repository.ts";

const newAccount = () => AccountId.parse(`a_${randomBytes(20).toString("hex")}`);
const sessionOf = (accountId: AccountId, signedInAtMs: number) => ({
  accountId,
  name: "Ada",
  signInId: newSignInId(),
  signedInAtMs,
});

afterEach(() => void vi.restoreAllMocks());

test("[A13] every server knows a sign-out until all copies have expired", async () => {
  const [mine, other] = [sessionOf(newAccount(), 1), sessionOf(newAccount(), 1)];
  expect(await hasSessionEnded(mine)).toBe(false);
  await saveSignedOut(mine.signInId);
  await saveSignedOut(mine.signInId);
  expect([await hasSessionEnded(mine), await hasSessionEnded(other)]).toEqual([true, false]);
  const left = await redis().pttl(keys.signedOut(mine.signInId));
  expect(left).toBeGreaterThan(TTL_MS.signedOut - 10_000);
  expect(left).toBeLessThanOrEqual(TTL_MS.signedOut);
});

test("[A36] a block ends every session of the account permanently, and no other account's", async () => {
  const [account, other] = [newAccount(), newAccount()];
  const sessions = [sessionOf(account, 1_000), sessionOf(account, 2_000), sessionOf(other, 1_000)];
  const ended = () => Promise.all(sessions.map(hasSessionEnded));
  expect(await ended()).toEqual([false, false, false]);
  await saveBlocked(account, 1_500);
  await saveBlocked(account, 1_700);
  // The second began while the block was being stored.
  expect(await ended()).toEqual([true, true, false]);
  expect([await isBlocked(account), await isBlocked(other)]).toEqual([true, false]);
  expect(await redis().hget(keys.account(account), "blockedAtMs")).toBe("1500");
  expect(await redis().pttl(keys.account(account))).toBeGreaterThan(TTL_MS.account - 10_000);
  await saveUnblocked(account);
  expect(await isBlocked(account)).toBe(false);
  expect(await ended()).toEqual([true, false, false]);
});

const edge = { limiter: rateLimiter, clock: Date.now, report: () => undefined };
/** Like most routes: limited, and with a guard that asks Redis. */
const route = handleAt(edge)(
  {
    params: z.object({ code: RoomCode }),
    answer: z.object({ said: z.string() }),
    limit: "presence",
    allow: () => redis().eval("return 1", [], []),
  },
  ({ actor }) => Promise.resolve({ said: actor.kind }),
);
const requestsToRedis = (spy: { mock: { calls: unknown[] } }) => spy.mock.calls.length;

test("[A13] the check for a sign-out needs no Redis request of its own", async () => {
  const code = newRoomCode();
  const headers = await sessionHeaders();
  // The first request loads the scripts.
  await post(route, { code, headers });
  const fetching = vi.spyOn(globalThis, "fetch");
  expect(await (await post(route, { code, headers })).json()).toEqual({ said: "account" });
  expect(requestsToRedis(fetching)).toBe(1);
});

test("[A13] a copy of a signed-out session is a guest, after two Redis requests", async () => {
  const code = newRoomCode();
  const headers = await sessionHeaders();
  await post(route, { code, headers });
  await saveSignedOut(SIGN_IN.signInId);
  const fetching = vi.spyOn(globalThis, "fetch");
  expect(await (await post(route, { code, headers })).json()).toEqual({ said: "guest" });
  expect(requestsToRedis(fetching)).toBe(2);
});

test("[A13] a guest's request checks no session", async () => {
  const asked: string[] = [];
  const open = handleAt({ ...edge, hasEnded: ({ signInId }) => Promise.resolve(asked.push(signInId) < 0) })(
    { params: z.object({ code: RoomCode }), answer: z.object({ said: z.string() }), allow: anyone },
    ({ actor }) => Promise.resolve({ said: actor.kind }),
  );
  await post(open, { code: newRoomCode() });
  expect(asked).toEqual([]);
  await post(open, { code: newRoomCode(), headers: await sessionHeaders() });
  expect(asked).toEqual([SIGN_IN.signInId]);
});
