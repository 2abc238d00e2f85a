import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { guardAuth } from "#lib/http/guard-auth.ts";
import { env } from "#lib/env.ts";
import { HostsAllowed } from "#lib/hosts-allowed.ts";
import { type Browser, browser, signInAt } from "../../tests/support/form-browser.ts";
import { accountIdOf } from "./account.ts";
import { askNextAuth, type AuthStep } from "./ask-next-auth.ts";
import { readSession, sessionCookieName } from "./session-token.ts";

const servers: Server[] = [];
let site: string;
let issuer: string;

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The sign-in endpoints on a plain server, without Next and Redis. */
async function answerAuth(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", site);
  const { method = "GET", headers } = request;
  const body = method === "POST" ? { body: await text(request) } : {};
  const asked = new Request(url, { method, headers: headers as Record<string, string>, ...body });
  const answer = await guard(asked, { params: Promise.resolve({ nextauth: url.pathname.split("/").slice(3) }) });
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(await answer.text());
}
const signedOut = new Set<string>();
const blocked = new Set<string>();
const ask = (step: AuthStep) => askNextAuth(step, { isBlocked: (account) => Promise.resolve(blocked.has(account)) });
const guard = guardAuth(ask, {
  limiter: { count: () => Promise.resolve(), refuseGuesser: () => Promise.resolve() },
  clock: Date.now,
  providers: () => ["oidc"],
  hasEnded: ({ signInId }) => Promise.resolve(signedOut.has(signInId)),
  end: (signInId) => Promise.resolve(void signedOut.add(signInId)),
});

/** Silences the provider's warnings about being used in a test. */
function hush(): void {
  for (const stream of ["info", "warn"] as const) vi.spyOn(console, stream).mockImplementation(() => undefined);
}

beforeAll(async () => {
  hush();
  issuer = await listen((request, response) => void provider.callback()(request, response));
  site = await listen((request, response) => void answerAuth(request, response));
  const provider = new Provider(issuer, {
    clients: [{ client_id: "veet", client_secret: "veet-secret", redirect_uris: [`${site}/api/auth/callback/oidc`] }],
    claims: { openid: ["sub", "groups"], profile: ["name"], email: ["email", "email_verified"] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        name: "Ada Lovelace",
        email: "ada@example.com",
        email_verified: sub !== "unverified",
        groups: [`team-of-${sub}`],
      }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ["of-the-provider"] },
    features: { devInteractions: { enabled: true } },
  });
  Object.assign(process.env, {
    NEXTAUTH_URL: site,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "veet",
    OIDC_CLIENT_SECRET: "veet-secret",
  });
});

/** The log lines of failed sign-ins. */
let logged: unknown[][];
/** The log lines of the others. */
let informed: unknown[][];
beforeEach(() => {
  hush();
  informed = vi.spyOn(console, "info").mock.calls;
  logged = vi.spyOn(console, "error").mockImplementation(() => undefined).mock.calls;
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => servers.forEach((server) => server.close()));

async function csrfOf({ ask }: Browser): Promise<string> {
  return ((await (await ask(`${site}/api/auth/csrf`)).json()) as { csrfToken: string }).csrfToken;
}

/** Signs in at the provider as `login`, and returns the address that leads back to us. */
const visitProvider = (visitor: Browser, start: string, login: string) => signInAt(visitor, start, site, login);

async function begin(visitor: Browser, callbackUrl = "/"): Promise<string> {
  const csrfToken = await csrfOf(visitor);
  const begun = await visitor.ask(`${site}/api/auth/signin/oidc`, { csrfToken, callbackUrl, json: "true" });
  return ((await begun.json()) as { url: string }).url;
}

test("[A11] a user signs in at a real OpenID Connect provider, returns to where they were, and signs out", async () => {
  const visitor = browser();
  const start = await begin(visitor, "/meet/abc-defg-hij");
  const asked = new URL(start).searchParams;
  for (const check of ["state", "nonce", "code_challenge"]) expect(asked.get(check)).toBeTruthy();

  const back = await visitProvider(visitor, start, "subject-1");
  const landed = await visitor.ask(back);
  expect(landed.headers.get("location")).toBe(`${site}/meet/abc-defg-hij`);

  const cookie = visitor.cookieOf(site, sessionCookieName());
  const session = await readSession(cookie, Date.now());
  expect(session).toMatchObject({ name: "Ada Lovelace", accountId: expect.stringMatching(/^a_[\w-]{27}$/) as string });

  const seen = await (await visitor.ask(`${site}/api/auth/session`)).text();
  expect(seen).toContain("Ada Lovelace");
  expect(seen).not.toMatch(/ada@example|subject-1/);

  await visitor.ask(`${site}/api/auth/signout`, { csrfToken: await csrfOf(visitor), callbackUrl: "//evil.example" });
  expect(visitor.cookieOf(site, sessionCookieName())).toBeUndefined();
  expect(logged).toEqual([]);
});

/** The app's modules read the environment only once. */
async function withHosts<T>(hosts: string, run: () => Promise<T>): Promise<T> {
  const before = env().HOSTS_ALLOWED;
  env().HOSTS_ALLOWED = HostsAllowed.parse(hosts);
  return run().finally(() => (env().HOSTS_ALLOWED = before));
}

test.each([
  ["@example.com", "subject-1", undefined],
  ["@example.org, group:team-of-subject-1", "subject-1", undefined],
  ["@example.com", "unverified", "email_not_verified"],
  ["@example.org, group:staff", "subject-1", "host_not_allowed"],
])("[A31] [A33] with the hosts %j, %s is refused with %s", async (hosts, login, code) => {
  await withHosts(hosts, async () => {
    const visitor = browser();
    const landed = await visitor.ask(await visitProvider(visitor, await begin(visitor, "/meet/abc-defg-hij"), login));
    const url = new URL(landed.headers.get("location") ?? "", site);
    const cookie = visitor.cookieOf(site, sessionCookieName());
    if (!code) {
      expect(url.pathname).toBe("/meet/abc-defg-hij");
      const seen = await (await visitor.ask(`${site}/api/auth/session`)).text();
      expect(seen).toContain("Ada Lovelace");
      // All that is kept of the decision is the session.
      expect(seen).not.toMatch(/ada@example|team-of/);
      return;
    }
    expect(cookie).toBeUndefined();
    expect([url.pathname, url.searchParams.get("error")]).toEqual(["/sign-in", code]);
    expect(url.searchParams.get("callbackUrl")).toBe(`${site}/meet/abc-defg-hij`);
    const lines = JSON.stringify(informed);
    expect(lines).toContain("sign-in.refused");
    expect(lines).toMatch(/a_[\w-]{27}/);
    expect(lines).not.toMatch(/ada@example|team-of|Lovelace/);
  });
});

test("[A36] a blocked account gets no session at sign-in", async () => {
  const visitor = browser();
  blocked.add(accountIdOf("oidc", "subject-3"));
  const landed = await visitor.ask(await visitProvider(visitor, await begin(visitor), "subject-3"));
  expect(landed.headers.get("location")).toContain("/sign-in?error=account_blocked");
  expect(visitor.cookieOf(site, sessionCookieName())).toBeUndefined();
});

test("[A13] signing out ends copies of the cookie, and no other session of the account", async () => {
  const [laptop, phone] = [browser(), browser()];
  for (const visitor of [laptop, phone])
    await visitor.ask(await visitProvider(visitor, await begin(visitor), "subject-1"));
  const copy = { cookie: `${sessionCookieName()}=${laptop.cookieOf(site, sessionCookieName())}` };
  const seenBy = async (headers: Record<string, string>) =>
    (await fetch(`${site}/api/auth/session`, { headers })).text();
  expect(await seenBy(copy)).toContain("Ada Lovelace");

  await laptop.ask(`${site}/api/auth/signout`, { csrfToken: await csrfOf(laptop) });
  expect(await seenBy(copy)).toBe("{}");
  expect(await (await phone.ask(`${site}/api/auth/session`)).text()).toContain("Ada Lovelace");
});

test("[A15] a failed sign-in logs nothing from the address", async () => {
  const visitor = browser();
  await begin(visitor);
  for (const query of [
    "error=SECRET",
    "error=access_denied&error_description=SECRET",
    "error=x%0A%20%20%20%20at%20SECRET%20(/x.js:1:1)",
    "code=SECRET",
    "code=x&state=SECRET",
    "code=x&iss=SECRET",
    "state=SECRET",
    "callbackUrl=SECRET",
  ])
    await visitor.ask(`${site}/api/auth/callback/oidc?${query}`);
  for (const action of ["csrf?callbackUrl=SECRET", "error?error=SECRET%20SECRET", "session?x=SECRET"])
    await visitor.ask(`${site}/api/auth/${action}`);
  expect(logged.length).toBeGreaterThan(5);
  expect(JSON.stringify(logged)).not.toContain("SECRET");
  expect(JSON.stringify(logged)).toContain("the provider said access_denied");
});

test("[A11] another user is another account, the same user the same one", async () => {
  const accountOf = async (login: string) => {
    const visitor = browser();
    await visitor.ask(await visitProvider(visitor, await begin(visitor), login));
    return (await readSession(visitor.cookieOf(site, sessionCookieName()), Date.now()))?.accountId;
  };
  const [one, again, other] = [
    await accountOf("subject-1"),
    await accountOf("subject-1"),
    await accountOf("subject-2"),
  ];
  expect(one).toBe(again);
  expect(one).not.toBe(other);
});

test.each([
  ["another state", (url: URL) => url.searchParams.set("state", "x".repeat(43))],
  ["another issuer", (url: URL) => url.searchParams.set("iss", "https://evil.example")],
  ["another code", (url: URL) => url.searchParams.set("code", "x")],
])("[A11] an answer with %s does not sign the user in", async (_, change) => {
  const visitor = browser();
  const back = new URL(await visitProvider(visitor, await begin(visitor), "subject-1"));
  change(back);
  await visitor.ask(back.href);
  expect(visitor.cookieOf(site, sessionCookieName())).toBeUndefined();
  expect(String(logged)).toContain("OAUTH_CALLBACK_ERROR");
});

test("[A11] an answer opened in another browser does not sign its user in", async () => {
  const attacker = browser();
  const victim = browser();
  const back = await visitProvider(attacker, await begin(attacker), "attacker");
  await begin(victim);
  await victim.ask(back);
  expect(victim.cookieOf(site, sessionCookieName())).toBeUndefined();
});
