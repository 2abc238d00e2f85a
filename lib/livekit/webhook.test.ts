import { createHash, createHmac } from "node:crypto";
import { AccessToken } from "livekit-server-sdk";
import { expect, test, vi } from "vitest";
import { env } from "#lib/env.ts";
import { readMediaEvent } from "./webhook.ts";

const [own] = env().MEDIA_SITES;
if (!own) throw new Error("Tests have a media site");
const { apiKey, apiSecret, site } = own;
const NOW = Date.now();
const bodyAt = (atMs: number) =>
  JSON.stringify({
    event: "room_started",
    id: "EV_1",
    createdAt: String(Math.floor(atMs / 1000)),
    room: { name: "r" },
  });
const BODY = bodyAt(NOW);

type Signing = { key?: string; secret?: string; sha256?: string; video?: boolean; ttl?: string };

async function sign(body: string, { key = apiKey, secret = apiSecret, sha256, video, ttl = "5m" }: Signing = {}) {
  const token = new AccessToken(key, secret, { ttl, ...(video ? { identity: "p_1" } : {}) });
  token.sha256 = sha256 ?? createHash("sha256").update(body).digest("base64");
  if (video) token.addGrant({ roomJoin: true, room: "r" });
  return token.toJwt();
}

function asked(body: string, authorization: string | undefined, type = "application/webhook+json") {
  const headers = { "content-type": type, ...(authorization === undefined ? {} : { authorization }) };
  return readMediaEvent(new Request("http://localhost/api/livekit/webhook", { method: "POST", headers, body }), NOW);
}

async function guestToken() {
  const token = new AccessToken(apiKey, apiSecret, { identity: "p_1", ttl: 60 });
  token.addGrant({ roomJoin: true, room: "r" });
  return token.toJwt();
}

test("[W1] what one of our media servers signed just now is read, with the sites it may come from", async () => {
  const { event, sites } = await asked(BODY, await sign(BODY));
  expect(event).toMatchObject({ event: "room_started", id: "EV_1" });
  expect(sites).toEqual([site]);
});

test.each([
  { what: "no signature", body: BODY, token: () => undefined },
  { what: "an empty one", body: BODY, token: () => "" },
  { what: "no JWT", body: BODY, token: () => "a.b.c" },
  { what: "a Bearer prefix", body: BODY, token: async () => `Bearer ${await sign(BODY)}` },
  { what: "a guest's token", body: BODY, token: guestToken },
  { what: "a guest's token with a hash", body: BODY, token: () => sign(BODY, { video: true }) },
  { what: "a key that is not ours", body: BODY, token: () => sign(BODY, { key: "other" }) },
  { what: "another secret", body: BODY, token: () => sign(BODY, { secret: "x".repeat(40) }) },
  { what: "a changed body", body: BODY.replace("EV_1", "EV_2"), token: () => sign(BODY) },
  { what: "a foreign hash", body: BODY, token: () => sign(BODY, { sha256: "AAAA" }) },
  { what: "an expired signature", body: BODY, token: () => sign(BODY, { ttl: "-1m" }) },
  { what: "an event from long ago", body: bodyAt(NOW - 6 * 60_000), token: () => sign(bodyAt(NOW - 6 * 60_000)) },
  { what: "an event from the future", body: bodyAt(NOW + 5 * 60_000), token: () => sign(bodyAt(NOW + 5 * 60_000)) },
  { what: "a signed body that is not an event", body: "[]", token: () => sign("[]") },
])("[W2] $what is refused with 401", async ({ body, token }) => {
  await expect(asked(body, await token())).rejects.toMatchObject({ code: "not_signed_in", status: 401 });
});

test("[W2] an unsigned token (alg none) is refused", async () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const sha256 = createHash("sha256").update(BODY).digest("base64");
  const claims = { iss: apiKey, exp: Math.floor(NOW / 1000) + 60, sha256 };
  const forged = `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
  await expect(asked(BODY, forged)).rejects.toMatchObject({ status: 401 });
});

test("[W2] a body over 64 kB is refused before it is read to its end", async () => {
  const large = "x".repeat(65 * 1024);
  await expect(asked(large, await sign(large))).rejects.toMatchObject({ code: "body_too_large" });
});

test("[W2] another content type is refused", async () => {
  await expect(asked(BODY, await sign(BODY), "application/json")).rejects.toMatchObject({ code: "not_json" });
});

/** As a LiveKit whose clock differs from ours signs. */
function signedBy(clockSeconds: number) {
  const body = bodyAt(NOW + clockSeconds * 1_000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const nbf = Math.floor(Date.now() / 1_000) + clockSeconds;
  const sha256 = createHash("sha256").update(body).digest("base64");
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ iss: apiKey, nbf, iat: nbf, exp: nbf + 300, sha256 })}`;
  return { body, token: `${text}.${createHmac("sha256", apiSecret).update(text).digest("base64url")}` };
}

test.each([
  { seconds: 45, isNotified: true },
  { seconds: 12, isNotified: false },
  { seconds: -45, isNotified: false },
])("[W11] a webhook of a LiveKit whose clock differs by $seconds s is read", async ({ seconds, isNotified }) => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { body, token } = signedBy(seconds);
  expect((await asked(body, token)).event).toMatchObject({ id: "EV_1" });
  expect(logged.mock.calls.map(([line]) => JSON.parse(String(line)).event)).toEqual(
    isNotified ? ["webhook.clocks-apart"] : [],
  );
  logged.mockRestore();
});

test("[W11] one whose clock is minutes ahead is refused, and the operator is notified", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { body, token } = signedBy(180);
  await expect(asked(body, token)).rejects.toMatchObject({ status: 401 });
  expect(logged.mock.calls.map(([line]) => JSON.parse(String(line)))).toMatchObject([
    { event: "webhook.clocks-apart", site },
  ]);
  logged.mockRestore();
});
