import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { guardAuth } from "./guard-auth.ts";
import type { RateLimiter } from "./rate-limiter.ts";

const SITE = "http://localhost:3000";
const open: RateLimiter = { count: () => Promise.resolve(), refuseGuesser: () => Promise.resolve() };

function ask(action: string, init: RequestInit = {}, limiter = open): Promise<Response> {
  const handler = guardAuth(async (request) => new Response(`answered ${await request.text()}`), limiter);
  const request = new NextRequest(new Request(`${SITE}/api/auth/${action}`, init));
  return handler(request, { params: Promise.resolve({ nextauth: action.split("/") }) });
}
const post = (action: string, init: RequestInit = {}, limiter = open) =>
  ask(
    action,
    { method: "POST", body: "a=1", ...init, headers: { origin: SITE, ...(init.headers as object) } },
    limiter,
  );

describe("[A9] of next-auth only what we use is reachable", () => {
  test.each(["csrf", "session", "signin", "signin/oidc", "callback/oidc", "error"])("GET %s", async (action) => {
    expect((await ask(action)).status).toBe(200);
  });
  test.each(["providers", "signout", "verify-request", "_log", "", "__proto__"])(
    "GET %s is not there",
    async (action) => {
      expect((await ask(action)).status).toBe(404);
    },
  );
  test.each(["signin/oidc", "callback/try-it", "signout"])("POST %s", async (action) => {
    expect(await (await post(action)).text()).toBe("answered a=1");
  });
  test.each(["_log", "session", "csrf", "error"])("POST %s is not there", async (action) => {
    expect((await post(action)).status).toBe(404);
  });
});

test("[A9] signing in is asked from our own site", async () => {
  expect((await post("signin/oidc", { headers: { origin: "https://evil.example" } })).status).toBe(403);
  expect((await post("signout", { headers: { origin: "null" } })).status).toBe(403);
});

test("[A9] signing in is limited, signing out never is", async () => {
  const limiter = { ...open, count: () => Promise.reject(new AppError("rate_limited", { retryAfterSeconds: 9 })) };
  const response = await post("signin/oidc", {}, limiter);
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "9"]);
  expect((await post("signout", {}, limiter)).status).toBe(200);
});

test("[A9] long bodies never reach the library", async () => {
  expect((await post("callback/try-it", { body: "x".repeat(20_000) })).status).toBe(413);
});

test("[A9] nothing of it is cached", async () => {
  expect((await ask("session")).headers.get("cache-control")).toBe("no-store, private");
});
