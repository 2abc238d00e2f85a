import { encode } from "next-auth/jwt";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newSignInId } from "#lib/ids.ts";
import { TTL_MS } from "#lib/redis/keys.ts";
import { accountIdOf } from "./account.ts";
import { authCookies, authOptions } from "./auth-options.ts";
import { beginSession, LONGEST_SESSION_MS, readSession, renewSession, SESSION_SECONDS } from "./session-token.ts";

const secret = process.env.NEXTAUTH_SECRET ?? "";
const nowMs = Date.now();
const HOUR_MS = 3_600_000;
const token = {
  accountId: accountIdOf("google", "1"),
  name: "Ada",
  signInId: newSignInId(),
  signedInAtMs: nowMs,
};

afterEach(() => vi.unstubAllEnvs());

test("[A3] a session holds account, name and sign-in and nothing else", async () => {
  const cookie = await encode({ token: { ...token, email: "ada@example.com" }, secret, maxAge: SESSION_SECONDS });
  expect(await readSession(cookie, nowMs)).toEqual({ ...token, isAgeing: false });
});

test.each([
  ["nothing", () => undefined],
  ["an empty cookie", () => ""],
  ["noise", () => "noise"],
  ["an unsigned token", () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(token))}.`],
  ["another installation's", () => encode({ token, secret: "another-secret-another-secret-another" })],
  ["an expired one", () => encode({ token, secret, maxAge: -60 })],
  ["one for another purpose", () => encode({ token, secret, salt: "next-auth.state" })],
  ["one without an account", () => encode({ token: { ...token, accountId: undefined } as never, secret })],
  [
    "one with an e-mail address as account",
    () => encode({ token: { ...token, accountId: "ada@example.com" }, secret }),
  ],
  ["one without a name", () => encode({ token: { ...token, name: undefined } as never, secret })],
  ["one without the time of sign-in", () => encode({ token: { ...token, signedInAtMs: undefined } as never, secret })],
  ["one without a sign-in id", () => encode({ token: { ...token, signInId: undefined } as never, secret })],
])("[A3] %s is not a session", async (_, make) => {
  expect(await readSession(await make(), nowMs)).toBeUndefined();
});

/** The cookie of a session that began, and was last renewed, some hours ago. */
async function cookieOf(begunHoursAgo: number, renewedHoursAgo: number): Promise<string> {
  const begun = { ...token, signedInAtMs: nowMs - begunHoursAgo * HOUR_MS };
  const renewed = await renewSession(begun, nowMs - renewedHoursAgo * HOUR_MS);
  const lifetime = Number(/Max-Age=(\d+)/.exec(renewed)?.[1]);
  return encode({ token: begun, secret, maxAge: lifetime - renewedHoursAgo * 3600 });
}

test("[A3] a renewed session is the same one, for another twelve hours", async () => {
  const renewed = await renewSession(token, nowMs);
  expect(renewed).toContain("Max-Age=43200");
  expect(await readSession(renewed.split(";")[0]?.split("=")[1], nowMs)).toEqual({ ...token, isAgeing: false });
});

test.each([
  [0, 0, false],
  [2, 0.9, false],
  [2, 1.1, true],
  // Near its end a renewal gains nothing; without this rule each answer would renew it.
  [150, 0, false],
  [150, 2, false],
  [140, 2, true],
])("[A3] begun %d h ago and renewed %d h ago: due for renewal %s", async (begun, renewed, isAgeing) => {
  expect((await readSession(await cookieOf(begun, renewed), nowMs))?.isAgeing).toBe(isAgeing);
});

describe("[A12] a session ends at a fixed time after sign-in", () => {
  const atEnd = { ...token, signedInAtMs: nowMs - LONGEST_SESSION_MS };

  test("a cookie that was renewed just before the end is not valid after it", async () => {
    const cookie = await encode({ token: atEnd, secret, maxAge: SESSION_SECONDS });
    expect(await readSession(cookie, nowMs - 1)).toMatchObject({ accountId: token.accountId });
    expect(await readSession(cookie, nowMs)).toBeUndefined();
  });

  test("no renewal extends beyond the end", async () => {
    expect(await renewSession(token, nowMs + LONGEST_SESSION_MS - 60_000)).toContain("Max-Age=60;");
  });

  test("the end is within seven days, and Redis keeps a sign-out until then", () => {
    expect(LONGEST_SESSION_MS).toBeLessThanOrEqual(7 * 24 * HOUR_MS);
    expect(TTL_MS.signedOut).toBeGreaterThanOrEqual(LONGEST_SESSION_MS);
  });

  test("signing in again begins another session", () => {
    const [first, second] = [beginSession(token, nowMs), beginSession(token, nowMs)];
    expect(first.signInId).not.toBe(second.signInId);
  });
});

describe("[A14] a neighbouring site cannot set our cookies", () => {
  test("over https each has the prefix __Host- and the attributes that it requires", () => {
    vi.stubEnv("NEXTAUTH_URL", "https://veet.example");
    vi.resetModules();
    return import("./auth-options.ts").then(({ authCookies: cookies }) => {
      for (const { name, options } of Object.values(cookies())) {
        expect(name).toMatch(/^__Host-next-auth\./);
        expect(options).toMatchObject({ secure: true, httpOnly: true, path: "/", sameSite: "lax" });
        expect(options).not.toHaveProperty("domain");
      }
    });
  });

  test("on plain http the prefix is left out, because browsers would refuse the cookies", () => {
    for (const { name, options } of Object.values(authCookies())) {
      expect(name).toMatch(/^next-auth\./);
      expect(options.secure).toBe(false);
    }
  });
});

const { callbacks, jwt } = authOptions({ returnTo: undefined, isBlocked: () => Promise.resolve(false) });

test("[A3] the token that next-auth makes expires with its cookie", () => {
  expect(jwt?.maxAge).toBe(SESSION_SECONDS);
});

test("[A3] signing in keeps neither the e-mail address nor the provider's id of the user", async () => {
  const made = await callbacks?.jwt?.({
    token: { name: "Ada", email: "ada@example.com", picture: "https://x.example/ada.png", sub: "12345" },
    account: { provider: "google", providerAccountId: "12345", type: "oauth", access_token: "at", id_token: "it" },
    user: { id: "12345", name: "Ada", email: "ada@example.com", image: "https://x.example/ada.png" },
  } as never);
  expect(made).toEqual({
    accountId: accountIdOf("google", "12345"),
    name: "Ada",
    signInId: expect.stringMatching(/^s_[0-9a-z]{20}$/) as string,
    signedInAtMs: expect.any(Number) as number,
  });
});

test("[A3] [A12] a renewal cannot change the session", async () => {
  const renewed = await callbacks?.jwt?.({
    token: { ...token, role: "host", iat: 1 },
    trigger: "update",
    session: { accountId: "a_somebodyelse0000000000000", name: "Grace", signedInAtMs: nowMs + 1 },
  } as never);
  expect(renewed).toEqual(token);
});

test.each([
  ["//evil.example", "https://veet.example/"],
  ["https://evil.example", "https://veet.example/"],
  ["/meet/abc-defg-hij", "https://veet.example/meet/abc-defg-hij"],
])("[A4] next-auth sends users from %s to %s", async (url, landing) => {
  expect(await callbacks?.redirect?.({ url, baseUrl: "https://veet.example" })).toBe(landing);
});
