import { describe, expect, test } from "vitest";
import type { AuthStep } from "#lib/auth/ask-next-auth.ts";
import { renewSession, type SessionToken } from "#lib/auth/session-token.ts";
import { AppError } from "#lib/errors.ts";
import { ACCOUNT, errorOf, SIGN_IN, SITE } from "../../tests/support/handling.ts";
import { type AuthWorld, guardAuth } from "./guard-auth.ts";
import type { LimitName } from "./rate-limits.ts";

const FORM = "application/x-www-form-urlencoded";
const token = { ...ACCOUNT, ...SIGN_IN } as SessionToken;
const session = async () => (await renewSession(token, Date.now())).split(";")[0] ?? "";

/** A next-auth that records the requested steps, and fakes for the rest. */
function scene(more: Partial<AuthWorld> = {}) {
  const steps: AuthStep[] = [];
  const counted: LimitName[] = [];
  const ended: string[] = [];
  const world: AuthWorld = {
    limiter: { count: (name) => Promise.resolve(void counted.push(name)), refuseGuesser: () => Promise.resolve() },
    clock: Date.now,
    providers: () => ["oidc"],
    hasEnded: ({ signInId }) => Promise.resolve(ended.includes(signInId)),
    end: (signInId) => Promise.resolve(void ended.push(signInId)),
    ...more,
  };
  const handler = guardAuth((step) => {
    steps.push(step);
    return Promise.resolve(new Response("answered", { headers: { "set-cookie": "next-auth.x=1" } }));
  }, world);
  const ask = (action: string, init: RequestInit = {}) => {
    const [path = ""] = action.split("?");
    const request = new Request(`${SITE}/api/auth/${action}`, init);
    return handler(request, { params: Promise.resolve({ nextauth: path.split("/") }) });
  };
  type Form = { headers?: Record<string, string>; body?: string };
  const post = (action: string, { headers, body = "a=1" }: Form = {}) =>
    ask(action, { method: "POST", body, headers: { origin: SITE, "content-type": FORM, ...headers } });
  return { ask, post, steps, counted, ended };
}

describe("[A9] only the parts of next-auth that we use are reachable", () => {
  test.each(["csrf", "session", "signin", "signin/oidc", "callback/oidc", "error"])("GET %s", async (action) => {
    expect((await scene().ask(action)).status).toBe(200);
  });
  test.each([
    "providers",
    "signout",
    "verify-request",
    "_log",
    "",
    "__proto__",
    "callback",
    "callback/google",
    "callback/__proto__",
    "callback/oidc/x",
    "signin/nowhere",
  ])("GET %s is not found", async (action) => {
    expect((await scene().ask(action)).status).toBe(404);
  });
  test.each(["signin/oidc", "callback/oidc", "signout"])("POST %s", async (action) => {
    const { post, steps } = scene();
    expect((await post(action)).status).toBe(200);
    expect(steps[0]).toMatchObject({ method: "POST", path: action.split("/"), body: { a: "1" } });
  });
  test.each(["_log", "session", "csrf", "error", "signin", "signin/nowhere"])(
    "POST %s is not found",
    async (action) => {
      expect((await scene().post(action)).status).toBe(404);
    },
  );
});

test("[A9] signing in can be started from our own site only", async () => {
  const { post, steps } = scene();
  expect((await post("signin/oidc", { headers: { origin: "https://evil.example" } })).status).toBe(403);
  expect((await post("signout", { headers: { origin: "null" } })).status).toBe(403);
  expect(steps).toEqual([]);
});

describe("[A17] starting to sign in and returning have limits of their own; signing out has none", () => {
  const count = () => Promise.reject(new AppError("rate_limited", { retryAfterSeconds: 9 }));
  const limiter = { count, refuseGuesser: () => Promise.resolve() };

  test.each(["POST signin/oidc", "POST callback/oidc", "GET callback/oidc"])("%s", async (step) => {
    const [method = "", action = ""] = step.split(" ");
    const { ask, post, steps } = scene({ limiter });
    const response = await (method === "GET" ? ask(`${action}?code=x`) : post(action));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "9"]);
    expect(steps).toEqual([]);
  });

  test("signing out, and steps without a provider, have none", async () => {
    const { ask, post } = scene({ limiter });
    for (const action of ["csrf", "session", "signin", "error"]) expect((await ask(action)).status).toBe(200);
    expect((await post("signout")).status).toBe(200);
  });

  test("each step counts under its own limit", async () => {
    const { ask, post, counted } = scene();
    await post("signin/oidc");
    await ask("callback/oidc?code=x");
    expect(counted).toEqual(["sign-in", "sign-in.return"]);
  });
});

describe("[A16] malformed requests do not reach next-auth", () => {
  test.each([
    ["JSON", "application/json", "{"],
    ["text", "text/plain", "a=1"],
    ["no type", "", "a=1"],
    ["several parts", "multipart/form-data; boundary=x", "--x--"],
    ["a type that only contains the right one", "text/x-application/x-www-form-urlencoded", "a=1"],
  ])("a form that is %s", async (_, type, body) => {
    const { post, steps } = scene();
    for (const action of ["signin/oidc", "callback/oidc", "signout"]) {
      const response = await post(action, { headers: { "content-type": type }, body });
      expect([response.status, (await errorOf(response)).code], action).toEqual([415, "not_form"]);
    }
    expect(steps).toEqual([]);
  });

  test.each([
    ["the same field twice", "csrfToken=1&csrfToken=2", 400],
    ["too long a form", `a=${"x".repeat(20_000)}`, 413],
  ])("%s", async (_, body, status) => {
    const { post, steps } = scene();
    expect((await post("signin/oidc", { body })).status).toBe(status);
    expect(steps).toEqual([]);
  });

  test("a form with a charset, a type in capitals and invalid bytes is read", async () => {
    const { post, steps } = scene();
    const headers = { "content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" };
    expect((await post("signin/oidc", { headers, body: "callbackUrl=%ff&x=%zz" })).status).toBe(200);
    expect(steps[0]?.body).toEqual({ callbackUrl: "\uFFFD", x: "%zz" });
  });

  test.each([
    ["csrf?callbackUrl=x", { callbackUrl: `${SITE}/` }],
    ["csrf?callbackUrl=%ff", { callbackUrl: `${SITE}/` }],
    ["signin?callbackUrl=https%3A%2F%2Fevil.example", { callbackUrl: `${SITE}/` }],
    ["signin?callbackUrl=%2Fmeet%2Fabc-defg-hij", { callbackUrl: `${SITE}/meet/abc-defg-hij` }],
    ["error?error=%ff", {}],
    ["error?error=%E2%82%AC", {}],
    ["error?error=a%0d%0aset-cookie:x", {}],
    ["error?error=OAuthCallback", { error: "OAuthCallback" }],
    ["csrf?nextauth=session&x=1", {}],
    ["callback/oidc?code=c&state=s&callbackUrl=x&nextauth=y", { code: "c", state: "s" }],
  ])("%s", async (action, query) => {
    const { ask, steps } = scene();
    expect((await ask(action)).status).toBe(200);
    expect(steps[0]?.query).toEqual(query);
  });

  test("a query with the same name twice is refused", async () => {
    expect((await scene().ask("callback/oidc?code=a&code=b")).status).toBe(400);
  });

  test("next-auth gets its own cookies only, each once and readable", async () => {
    const { ask, steps } = scene();
    const cookie = [
      "veet-guest=pass",
      "next-auth.csrf-token=a%7Cb",
      "next-auth.state=one",
      "next-auth.state=two",
      "next-auth.nonce=%ff",
      "next-auth.callback-url=%zz",
      "next-auth.session-token.0=chunk",
      "next-auth.session-token=forged",
    ].join("; ");
    const response = await ask("session", { headers: { cookie } });
    expect(steps[0]?.cookies).toEqual({
      "next-auth.csrf-token": "a|b",
      "next-auth.nonce": "%ff",
      "next-auth.callback-url": `${SITE}/`,
    });
    expect(response.headers.getSetCookie()[0]).toMatch(/^next-auth\.session-token=; .*Max-Age=0/);
  });
});

describe("[A13] signing out ends the session and every copy of it", () => {
  test("Redis is written before next-auth is called", async () => {
    const { post, ended, steps } = scene({ end: (id) => Promise.resolve(void log.push(`end ${id}`)) });
    const log: string[] = [];
    await post("signout", { headers: { cookie: await session() } });
    expect(log).toEqual([`end ${SIGN_IN.signInId}`]);
    expect([ended, steps.length]).toEqual([[], 1]);
  });

  test("when Redis does not answer, signing out fails with 503", async () => {
    const { post, steps } = scene({ end: () => Promise.reject(new AppError("unavailable")) });
    expect((await post("signout", { headers: { cookie: await session() } })).status).toBe(503);
    expect(steps).toEqual([]);
  });

  test("next-auth does not get a copy either, and the copy is deleted", async () => {
    const { ask, post, steps } = scene();
    const headers = { cookie: await session() };
    expect((await ask("session", { headers })).headers.getSetCookie()).toEqual(["next-auth.x=1"]);
    await post("signout", { headers });
    const after = await ask("session", { headers });
    expect(steps.map(({ cookies }) => Object.keys(cookies))).toEqual([
      ["next-auth.session-token"],
      ["next-auth.session-token"],
      [],
    ]);
    expect(after.headers.getSetCookie()[0]).toMatch(/^next-auth\.session-token=; .*Max-Age=0/);
  });

  test("two session cookies in one request count as none", async () => {
    const { ask, steps } = scene();
    const mine = await session();
    await ask("session", { headers: { cookie: `${mine}; ${mine.slice(0, -3)}abc` } });
    expect(steps[0]?.cookies).toEqual({});
  });
});

test("[A9] no answer is cached, and each has a request id", async () => {
  const response = await scene().ask("session");
  expect(response.headers.get("cache-control")).toBe("no-store, private");
  expect(response.headers.get("x-request-id")).toMatch(/^r_[0-9a-z]{20}$/);
});
