import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newAccountId, newAddress, unusedCode } from "../e2e/support/ids.ts";
import { isMainRoom, tokensIn } from "../e2e/support/tokens.ts";
import { type Browser, openBrowser } from "./support/browser.ts";
import { type Cloud, startCloud } from "./support/cloud.ts";
import { HOST } from "./support/cloudfront.ts";
import type { Container } from "./support/container.ts";
import { type Leg, seenByLiveKit, signal, signWebhook, siteOf, tell } from "./support/livekit.ts";

let cloud: Cloud;
/** Two processes of the function, which CloudFront calls when two users send requests at the same time. */
let one: Container;
let other: Container;

beforeAll(async () => {
  cloud = await startCloud();
  one = cloud.start();
  other = cloud.start();
  cloud.webhooks.goTo(other);
});
afterAll(() => cloud.stop());

const DUBLIN = { latitude: 53.3, longitude: -6.3 };
const NEW_YORK = { latitude: 40.7, longitude: -74 };

async function hostIn(container: Container, place = NEW_YORK): Promise<Browser> {
  const host = openBrowser(container, { address: newAddress(), place });
  await host.signIn("Hanna Host", newAccountId(), cloud.nextAuthSecret);
  return host;
}

async function openRoom(host: Browser): Promise<string> {
  const { status, body } = await host.post("/api/rooms", { title: "Weekly", access: "ask" });
  expect(status).toBe(201);
  return body.code;
}

test("[D31] create, knock, admit and enter, each step in another process", async () => {
  const host = await hostIn(one);
  const code = await openRoom(host);
  const entered = await host.enter(code, { by: other });
  expect(entered.body).toMatchObject({ status: "admitted", meeting: { me: { name: "Hanna Host", role: "host" } } });

  const guest = openBrowser(other);
  const knock = await guest.enter(code, { name: "Ada" });
  expect(knock.body).toMatchObject({ status: "waiting", ticket: { name: "Ada" } });
  expect(knock.cookies).toEqual([expect.stringMatching(/^__Host-veet-guest=.+; Path=\/;.* Secure$/)]);
  expect(tokensIn(knock.text).filter(isMainRoom)).toEqual([]);

  const queue = await host.ask(`/api/rooms/${code}/lobby`, { by: one });
  expect(queue.body.guests).toMatchObject([{ name: "Ada", kind: "guest" }]);
  const verdict = await host.post(`/api/rooms/${code}/lobby/${queue.body.guests[0].ticketId}`, { verdict: "admitted" });
  expect(verdict.body).toEqual({ status: "admitted" });

  const admitted = await guest.enter(code, { name: "Ada", by: one });
  expect(admitted.body).toMatchObject({ status: "admitted", meeting: { me: { name: "Ada" } } });
  for (const { url, token } of [...entered.body.legs, ...admitted.body.legs]) {
    // LiveKit itself, behind the gatekeeper, says whether it would accept this token.
    const valid = await fetch(`${url.replace("ws:", "http:")}/rtc/validate?access_token=${token}`);
    expect([valid.status, await valid.text()]).toEqual([200, "success"]);
  }
});

test.each([
  ["Dublin", DUBLIN, "euw1a", "use1a"],
  ["New York", NEW_YORK, "use1a", "euw1a"],
])("[D34] a meeting that starts in %s uses a region near it", async (_, place, near, far) => {
  const host = await hostIn(one, place);
  const { legs } = (await host.enter(await openRoom(host))).body;
  expect(Object.fromEntries(legs.map(({ site, home }: Leg) => [site, home]))).toEqual({ [near]: true, [far]: false });
});

test("[D34] a new home leg is known to both regions when the function has answered and is frozen", async () => {
  const host = await hostIn(one);
  const code = await openRoom(host);
  const legs: Leg[] = (await host.enter(code)).body.legs;
  const sockets = await Promise.all(legs.map(signal));
  const to = legs.find(({ home }) => !home)!;
  const answer = await host.post(`/api/rooms/${code}/home`, { leg: to.leg }, { by: other });
  const seen = await Promise.all(legs.map((leg) => seenByLiveKit(cloud, leg)));
  expect([answer.status, answer.body]).toEqual([200, { leg: to.leg }]);
  expect(seen.map(({ attributes }) => attributes.home)).toEqual([`2:${to.leg}`, `2:${to.leg}`]);
  expect(seen[legs.indexOf(to)]?.permission?.canPublish).toBe(true);
  sockets.forEach((socket) => socket.close());
});

test("[D17, D31] LiveKit's webhooks pass through CloudFront's signing", async () => {
  const host = await hostIn(one);
  const code = await openRoom(host);
  expect((await host.enter(code)).body.status).toBe("admitted");
  const before = cloud.webhooks.answers().length;
  expect((await host.post(`/api/rooms/${code}/moderation`, { action: "end" })).status).toBe(200);
  await expect
    .poll(() => cloud.webhooks.answers().slice(before), { timeout: 15_000 })
    .toContain('200 {"status":"handled"}');
  expect(cloud.webhooks.answers().filter((answer) => !answer.startsWith("200 "))).toEqual([]);
});

test("[D17, W2] a forged webhook is refused, and a repeated one is recognised by the other process", async () => {
  const host = await hostIn(one);
  const code = await openRoom(host);
  const leg: Leg = (await host.enter(code)).body.legs.find(({ home }: Leg) => home);
  const [held] = tokensIn(leg.token);
  const { apiKey, apiSecret } = siteOf(cloud, leg);
  const event = {
    event: "participant_left",
    id: `EV_${randomUUID()}`,
    createdAt: String(Math.floor(Date.now() / 1000)),
    room: { name: held?.room },
    participant: { identity: held?.identity, sid: "PA_never" },
  };
  const proof = await signWebhook(event, apiKey, apiSecret);
  expect(await tell(one, event, undefined)).toMatchObject({ statusCode: 401 });
  expect(await tell(one, event, leg.token)).toMatchObject({ statusCode: 401 });
  expect(
    await tell(one, event, await signWebhook(event, apiKey, "guessed-guessed-guessed-guessed-guessed")),
  ).toMatchObject({
    statusCode: 401,
    body: expect.stringContaining('"not_signed_in"'),
  });
  expect(await tell(one, { ...event, event: "room_finished" }, proof)).toMatchObject({ statusCode: 401 });
  // CloudFront deletes the header from a browser, because it uses it for the proof itself.
  expect(await tell(one, event, undefined, { "x-veet-authorization": proof })).toMatchObject({ statusCode: 401 });

  expect(await tell(one, event, proof)).toMatchObject({ statusCode: 200, body: '{"status":"handled"}' });
  expect(await tell(other, event, proof)).toMatchObject({ statusCode: 200, body: '{"status":"repeated"}' });
});

test("[D17, H6] limits count by CloudFront's viewer address, across all processes", async () => {
  const guesser = openBrowser(one);
  const claims = () => ({ "x-forwarded-for": newAddress(), "x-veet-viewer-address": newAddress() });
  const guess = (by: Container) => guesser.ask(`/api/rooms/${unusedCode()}`, { headers: claims(), by });
  for (let tries = 0; tries < 10; tries += 1)
    expect((await guess(tries % 2 ? one : other)).body.error.code).toBe("room_unknown");
  const limited = await guess(other);
  expect([limited.status, limited.body.error.code]).toEqual([429, "rate_limited"]);
  expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
  const neighbour = openBrowser(one);
  expect((await neighbour.ask(`/api/rooms/${unusedCode()}`)).body.error.code).toBe("room_unknown");
});

test("[D32] a page is complete, with the policy and the nonce of its own request", async () => {
  const browser = openBrowser(one);
  const [first, second] = [await browser.ask("/"), await browser.ask("/")];
  const nonces = [first, second].map(
    ({ headers }) => /'nonce-([^']+)'/.exec(headers["content-security-policy"] ?? "")?.[1],
  );
  expect(new Set(nonces).size).toBe(2);
  expect(first.status).toBe(200);
  expect(first.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(first.headers["strict-transport-security"]).toContain("max-age=");
  expect(first.headers["cache-control"]).toContain("no-store");
  expect(first.text).toMatch(/^<!DOCTYPE html>.*<\/html>$/s);
  const scripts = first.text.match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[0]}"`))).toEqual([]);
});

test("[D32] several cookies in one answer stay separate", async () => {
  const { cookies, headers } = await openBrowser(one).ask("/api/auth/csrf");
  expect(cookies.map((line) => line.split("=")[0])).toEqual([
    "__Host-next-auth.csrf-token",
    "__Host-next-auth.callback-url",
  ]);
  expect(cookies.every((line) => line.includes("; Secure"))).toBe(true);
  expect(headers).not.toHaveProperty("set-cookie");
});

test("[D32] the redirect after signing in uses the site's address, not the function's", async () => {
  const browser = openBrowser(one);
  const { csrfToken } = (await browser.ask("/api/auth/csrf")).body;
  const { headers, status, cookies } = await browser.ask("/api/auth/signin/oidc", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: "/" }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    by: other,
  });
  expect(status).toBe(302);
  expect(cookies.map((line) => line.split("=")[0])).toContain("__Host-next-auth.state");
  const asked = new URL(headers.location ?? "");
  expect(asked.origin).toBe(cloud.oidcIssuer);
  expect(asked.searchParams.get("redirect_uri")).toBe(`https://${HOST}/api/auth/callback/oidc`);
});

test.each([
  ["no such meeting", () => ({ path: `/api/rooms/${unusedCode()}` }), 404, "room_unknown"],
  ["no one signed in", () => ({ path: "/api/rooms", method: "POST", body: {} }), 401, "not_signed_in"],
  [
    "another site's page",
    () => ({ path: "/api/rooms", method: "POST", body: {}, headers: { origin: "https://elsewhere.example" } }),
    403,
    "cross_site",
  ],
])("[D32] %s: the code is the same as on a server", async (_, asked, status, code) => {
  const { path, ...rest } = asked();
  const answer = await openBrowser(one).ask(path, rest);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect(answer.headers["x-request-id"]).toMatch(/^r_[0-9a-z]{20}$/);
  expect(answer.headers["cache-control"]).toContain("no-store");
});

test("[D32] a body arrives as it was sent, and only as JSON", async () => {
  const host = await hostIn(other);
  const title = "Café · 会議 🎥";
  const { code } = (await host.post("/api/rooms", { title })).body;
  expect((await host.ask(`/api/rooms/${code}`)).body.title).toBe(title);
  const form = await host.post("/api/rooms", "title=x", { headers: { "content-type": "text/plain" } });
  expect([form.status, form.body.error.code]).toEqual([415, "not_json"]);
});

test("[D32, H15] the processes' output contains no token", () => {
  const written = one.log() + other.log();
  expect(written).toContain('"event":"start.sign-in"');
  expect(written).not.toContain("eyJ");
  for (const { apiSecret } of cloud.sites) expect(written).not.toContain(apiSecret);
});
