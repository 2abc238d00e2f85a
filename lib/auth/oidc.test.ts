import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { guardAuth } from "#lib/http/guard-auth.ts";
import { askNextAuth } from "./ask-next-auth.ts";
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
const guard = guardAuth(askNextAuth, {
  limiter: { count: () => Promise.resolve(), refuseGuesser: () => Promise.resolve() },
  clock: Date.now,
  providers: () => ["oidc"],
  hasEnded: (signInId) => Promise.resolve(signedOut.has(signInId)),
  end: (signInId) => Promise.resolve(void signedOut.add(signInId)),
});

/** The provider goes on about being used in a test. */
function hush(): void {
  for (const stream of ["info", "warn"] as const) vi.spyOn(console, stream).mockImplementation(() => undefined);
}

beforeAll(async () => {
  hush();
  issuer = await listen((request, response) => void provider.callback()(request, response));
  site = await listen((request, response) => void answerAuth(request, response));
  const provider = new Provider(issuer, {
    clients: [{ client_id: "veet", client_secret: "veet-secret", redirect_uris: [`${site}/api/auth/callback/oidc`] }],
    claims: { openid: ["sub"], profile: ["name"], email: ["email"] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: "Ada Lovelace", email: "ada@example.com" }),
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

/** What the operator reads of failed sign-ins. */
let logged: unknown[][];
beforeEach(() => {
  hush();
  logged = vi.spyOn(console, "error").mockImplementation(() => undefined).mock.calls;
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => servers.forEach((server) => server.close()));

/** A browser, as far as forms, redirects and cookies go. Both servers are on one host, so it keeps a jar for each. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  async function ask(url: string, form?: Record<string, string>): Promise<Response> {
    const jar = jarOf(url);
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const init = form ? { method: "POST", body: new URLSearchParams(form) } : {};
    const response = await fetch(url, {
      ...init,
      headers: { cookie, origin: new URL(url).origin },
      redirect: "manual",
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
  return { ask, cookieOf: (url: string, name: string) => jarOf(url).get(name) };
}
type Browser = ReturnType<typeof browser>;

async function csrfOf({ ask }: Browser): Promise<string> {
  return ((await (await ask(`${site}/api/auth/csrf`)).json()) as { csrfToken: string }).csrfToken;
}

/** Signs in at the provider as `login`, and gives the address that leads back to us. */
async function visitProvider({ ask }: Browser, start: string, login: string): Promise<string> {
  let url = start;
  for (let step = 0; step < 12 && !url.startsWith(site); step += 1) {
    const response = await ask(url);
    const location = response.headers.get("location");
    if (location) {
      url = new URL(location, url).href;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "";
    const sent = await ask(url, { prompt, login, password: "x" });
    url = new URL(sent.headers.get("location") ?? "", url).href;
  }
  return url;
}

async function begin(visitor: Browser, callbackUrl = "/"): Promise<string> {
  const csrfToken = await csrfOf(visitor);
  const begun = await visitor.ask(`${site}/api/auth/signin/oidc`, { csrfToken, callbackUrl, json: "true" });
  return ((await begun.json()) as { url: string }).url;
}

test("[A11] somebody signs in at a real OpenID Connect provider, comes back where they were, and signs out", async () => {
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

test("[A11] another person is another account, the same person the same one", async () => {
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
])("[A11] an answer with %s signs nobody in", async (_, change) => {
  const visitor = browser();
  const back = new URL(await visitProvider(visitor, await begin(visitor), "subject-1"));
  change(back);
  await visitor.ask(back.href);
  expect(visitor.cookieOf(site, sessionCookieName())).toBeUndefined();
  expect(String(logged)).toContain("OAUTH_CALLBACK_ERROR");
});

test("[A11] an answer in somebody else's browser signs nobody in", async () => {
  const attacker = browser();
  const victim = browser();
  const back = await visitProvider(attacker, await begin(attacker), "attacker");
  await begin(victim);
  await victim.ask(back);
  expect(victim.cookieOf(site, sessionCookieName())).toBeUndefined();
});
