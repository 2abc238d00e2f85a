import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { accountIdOf } from "./account.ts";
import { identify } from "./actor.ts";
import { authOptions } from "./auth-options.ts";
import { readSession, renewSession, SESSION_SECONDS } from "./session-token.ts";

const secret = process.env.NEXTAUTH_SECRET ?? "";
const token = { accountId: accountIdOf("google", "1"), name: "Ada" };
const nowMs = Date.now();

test("[A3] a session tells account and name and nothing else", async () => {
  const cookie = await encode({ token: { ...token, email: "ada@example.com" }, secret, maxAge: SESSION_SECONDS });
  expect(await readSession(cookie, nowMs)).toEqual({ ...token, isAgeing: false });
});

test.each([
  ["nothing", () => undefined],
  ["an empty cookie", () => ""],
  ["noise", () => "noise"],
  ["an unsigned token", () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(token))}.`],
  ["another installation's", () => encode({ token, secret: "another-secret-another-secret-another" })],
  ["one that has run out", () => encode({ token, secret, maxAge: -60 })],
  ["one of another purpose", () => encode({ token, secret, salt: "next-auth.state" })],
  ["one without an account", () => encode({ token: { name: "Ada" }, secret })],
  [
    "one with an e-mail address for an account",
    () => encode({ token: { ...token, accountId: "ada@example.com" }, secret }),
  ],
  ["one without a name", () => encode({ token: { accountId: token.accountId }, secret })],
])("[A3] %s is no session", async (_, make) => {
  expect(await readSession(await make(), nowMs)).toBeUndefined();
});

test("[A3] a renewed session is the same one, for another twelve hours", async () => {
  const [pair = ""] = (await renewSession(token)).split(";");
  expect(await readSession(pair.split("=")[1], nowMs)).toEqual({ ...token, isAgeing: false });
});

test("[A3] only a session that has aged is renewed", async () => {
  const renewalOf = async (maxAge: number) => {
    const cookie = await encode({ token, secret, maxAge });
    return (await identify((name) => (name === "next-auth.session-token" ? cookie : undefined), nowMs)).renewal;
  };
  expect(await renewalOf(SESSION_SECONDS - 60)).toBeUndefined();
  expect(await renewalOf(SESSION_SECONDS - 3700)).toMatch(/^next-auth\.session-token=/);
});

const { callbacks } = authOptions();

test("[A3] signing in keeps neither the e-mail address nor what the provider calls the person", async () => {
  const made = await callbacks?.jwt?.({
    token: { name: "Ada", email: "ada@example.com", picture: "https://x.example/ada.png", sub: "12345" },
    account: { provider: "google", providerAccountId: "12345", type: "oauth", access_token: "at", id_token: "it" },
    user: { id: "12345", name: "Ada", email: "ada@example.com", image: "https://x.example/ada.png" },
  } as never);
  expect(made).toEqual({ accountId: accountIdOf("google", "12345"), name: "Ada" });
});

test("[A3] nobody can change their session while it is renewed", async () => {
  const renewed = await callbacks?.jwt?.({
    token: { ...token, role: "host", iat: 1 },
    trigger: "update",
    session: { accountId: "a_somebodyelse0000000000000", name: "Grace" },
  } as never);
  expect(renewed).toEqual(token);
});

test.each([
  ["//evil.example", "https://veet.example/"],
  ["https://evil.example", "https://veet.example/"],
  ["/meet/abc-defg-hij", "https://veet.example/meet/abc-defg-hij"],
])("[A4] next-auth sends people from %s to %s", async (url, landing) => {
  expect(await callbacks?.redirect?.({ url, baseUrl: "https://veet.example" })).toBe(landing);
});
