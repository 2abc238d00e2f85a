import { afterEach, describe, expect, test, vi } from "vitest";
import { RoomCode } from "#lib/ids.ts";
import { nameOf } from "./account.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The modules, loaded with these variables. */
async function withEnv(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  return { ...(await import("./account.ts")), ...(await import("./guest-pass.ts")), ...(await import("./actor.ts")) };
}
const OIDC = { OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "veet", OIDC_CLIENT_SECRET: "x" };

describe("[A1] an account's id", () => {
  test("is the same at each sign-in and reveals nothing about the user", async () => {
    const { accountIdOf } = await withEnv({});
    const id = accountIdOf("google", "ada@example.com");
    expect(id).toBe(accountIdOf("google", "ada@example.com"));
    expect(id).toMatch(/^a_[\w-]{27}$/);
    expect(id).not.toMatch(/ada|google/);
  });

  test("differs by provider, subject, issuer and installation", async () => {
    const first = (await withEnv(OIDC)).accountIdOf;
    const ids = [first("google", "1"), first("github", "1"), first("github", "2"), first("oidc", "1")];
    ids.push((await withEnv({ ...OIDC, OIDC_ISSUER: "https://other.example" })).accountIdOf("oidc", "1"));
    ids.push(
      (await withEnv({ IDENTITY_SECRET: "another-installation-another-installation" })).accountIdOf("google", "1"),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test.each([
  [{ name: "Ada Lovelace", email: "ada@example.com" }, "Ada Lovelace"],
  [{ name: "  Ada   Lovelace ", email: null }, "Ada Lovelace"],
  [{ name: null, email: "grace.hopper@example.com" }, "grace.hopper"],
  [{ name: "<b>Ada</b>", email: "ada@example.com" }, "ada"],
  [{ name: "\u202Eada", email: undefined }, "ada"],
  [{ name: "\u2068Ada\u2069 \u200FLovelace", email: "ada@example.com" }, "Ada Lovelace"],
  [{ name: "Ada\nLovelace", email: "ada@example.com" }, "Ada Lovelace"],
  [{ name: "a".repeat(80), email: "ada@example.com" }, "a".repeat(60)],
  [{ name: "   " }, "Somebody"],
  [{}, "Somebody"],
])("[A2] others see a decent name: %j → %s", (user, name) => {
  expect(nameOf(user)).toBe(name);
});

describe("[A5] a guest's pass", () => {
  const NOW = 1_800_000_000_000;
  const HOUR = 3_600_000;

  test("is 256 random bits", async () => {
    const { newGuestPass } = await withEnv({});
    const randoms = Array.from({ length: 200 }, () => newGuestPass(NOW).split(".")[0] ?? "");
    expect(new Set(randoms).size).toBe(200);
    for (const random of randoms) expect(Buffer.from(random, "base64url")).toHaveLength(32);
  });

  test.each([
    "",
    "a",
    "a".repeat(43),
    `${"a".repeat(43)}.tro0sg.${"a".repeat(27)}`,
    `${"a".repeat(43)}.tro0sg.${"a".repeat(26)}=`,
    `${"a".repeat(43)}..${"a".repeat(27)}`,
    undefined,
  ])("[L22] %j is not a pass", async (text) => {
    expect((await withEnv({})).parseGuestPass(text, NOW)).toBeUndefined();
  });

  test("[L22] can be read by any server of the installation, by no other installation, and by no one once changed", async () => {
    const { newGuestPass, parseGuestPass } = await withEnv({});
    const pass = newGuestPass(NOW);
    expect(parseGuestPass(pass, NOW)).toBe(pass);
    expect((await withEnv({})).parseGuestPass(pass, NOW)).toBe(pass);
    const changed = Array.from({ length: pass.length }, (_, at) => {
      const other = pass[at] === "b" ? "c" : "b";
      return pass.slice(0, at) + other + pass.slice(at + 1);
    });
    for (const text of changed) expect(parseGuestPass(text, NOW), text).toBeUndefined();
    const elsewhere = await withEnv({ IDENTITY_SECRET: "another-installation-another-installation" });
    expect(elsewhere.parseGuestPass(pass, NOW)).toBeUndefined();
  });

  test("[L22] is not valid after twelve hours, nor before it was issued", async () => {
    const { newGuestPass, parseGuestPass } = await withEnv({});
    const pass = newGuestPass(NOW);
    expect(parseGuestPass(pass, NOW + 12 * HOUR - 1_000)).toBe(pass);
    expect(parseGuestPass(pass, NOW + 12 * HOUR)).toBeUndefined();
    expect(parseGuestPass(pass, NOW - 45_000)).toBe(pass);
    expect(parseGuestPass(pass, NOW - 61_000)).toBeUndefined();
  });

  test("is bound to this host over https", async () => {
    const { serialiseGuestPass, newGuestPass } = await withEnv({ NEXTAUTH_URL: "https://veet.example" });
    expect(serialiseGuestPass(newGuestPass(NOW))).toMatch(
      /^__Host-veet-guest=[\w.-]{78}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test("works over plain http on a laptop, where browsers refuse Secure", async () => {
    const { serialiseGuestPass, newGuestPass } = await withEnv({});
    expect(serialiseGuestPass(newGuestPass(NOW))).not.toMatch(/Secure|__Host-/);
  });
});

describe("[A6] the key under which a room knows a user", () => {
  const code = RoomCode.parse("abc-defg-hij");
  const other = RoomCode.parse("abc-defg-hik");

  test("is a guest's own in each room and does not contain the pass", async () => {
    const { newGuestPass, personKeyOf } = await withEnv({});
    const pass = newGuestPass(1_800_000_000_000);
    const key = personKeyOf({ kind: "guest", pass }, code);
    expect(key).toMatch(/^g_[\w-]{27}$/);
    expect(key).toBe(personKeyOf({ kind: "guest", pass }, code));
    expect(key).not.toBe(personKeyOf({ kind: "guest", pass }, other));
    expect(key).not.toContain(pass.slice(0, 27));
  });

  test("is the account's id, the same everywhere", async () => {
    const { accountIdOf, personKeyOf } = await withEnv({});
    const accountId = accountIdOf("google", "1");
    expect(personKeyOf({ kind: "account", accountId, name: "Ada" }, code)).toBe(accountId);
  });

  test("does not exist for a guest without a pass", async () => {
    expect((await withEnv({})).personKeyOf({ kind: "guest", pass: undefined }, code)).toBeUndefined();
  });
});
