import { describe, expect, test } from "vitest";
import { newGuestPass } from "#lib/auth/guest-pass.ts";
import { AccountId, RoomCode } from "#lib/ids.ts";
import { type Caller, limitKeyOf } from "./limit-keys.ts";
import { type Limit, LIMITS, type Rule, type Subject } from "./rate-limits.ts";

const code = RoomCode.parse("abc-defg-hij");
const accountId = AccountId.parse(`a_${"x".repeat(27)}`);
const account: Caller = { actor: { kind: "account", accountId, name: "Ada" }, addressKey: "net", code };
const guest: Caller = { actor: { kind: "guest", pass: newGuestPass(1_800_000_000_000) }, addressKey: "net", code };
const stranger: Caller = { actor: { kind: "guest", pass: undefined }, addressKey: "net", code };

describe("[H10] who a request counts for", () => {
  const passKey = expect.stringMatching(/^g_[\w-]{27}$/) as string;
  test.each<[Subject, unknown, unknown, unknown]>([
    // by                account      guest      no pass yet
    ["address", "ip_net", "ip_net", "ip_net"],
    ["account", accountId, undefined, undefined],
    ["visitor", accountId, "ip_net", "ip_net"],
    ["person", accountId, passKey, "ip_net"],
    ["address in room", `ip_net:${code}`, `ip_net:${code}`, `ip_net:${code}`],
  ])("by %s", (per, ofAccount, ofGuest, ofStranger) => {
    expect([account, guest, stranger].map((caller) => limitKeyOf({ per }, caller))).toEqual([
      ofAccount,
      ofGuest,
      ofStranger,
    ]);
  });

  test("a rule for guests leaves accounts alone", () => {
    expect(limitKeyOf({ per: "address", only: "guests" }, account)).toBeUndefined();
    expect(limitKeyOf({ per: "address", only: "guests" }, guest)).toBe("ip_net");
  });

  test("a rule for identified callers leaves guests without a pass to the rules for their address", () => {
    expect(limitKeyOf({ per: "person", only: "known" }, account)).toBe(accountId);
    expect(limitKeyOf({ per: "person", only: "known" }, guest)).toEqual(passKey);
    expect(limitKeyOf({ per: "person", only: "known" }, stranger)).toBeUndefined();
  });

  test("a guest has another key in another room", () => {
    const elsewhere = { ...guest, code: RoomCode.parse("zzz-zzzz-zzz") };
    expect(limitKeyOf({ per: "person" }, guest)).not.toBe(limitKeyOf({ per: "person" }, elsewhere));
  });
});

test("[H11] each limit says why", () => {
  for (const limit of Object.values<Limit>(LIMITS)) expect(limit.why.length).toBeGreaterThan(40);
});

test("[L24] no limit counts a room as a whole, where a flood would hold up everyone else", () => {
  const subjects = Object.values<Limit>(LIMITS).flatMap(({ rules }) => rules.map(({ per }) => per));
  expect(subjects).not.toContain("room");
  expect(new Set(subjects)).toEqual(new Set<Subject>(["account", "visitor", "person", "address in room", "address"]));
});

test("[H18] guests' requests to join, and their polls, are limited by address whatever passes they send", () => {
  const byAddress = (name: "entry.ask" | "entry.poll") =>
    LIMITS[name].rules.filter(({ per, only }: Rule) => per.startsWith("address") && only === "guests");
  expect(byAddress("entry.ask").map(({ per }) => per)).toEqual(["address in room", "address"]);
  expect(byAddress("entry.poll")).toHaveLength(1);
});

test("[H11] a class of thirty behind one address can join within a minute, each pressing twice", () => {
  const shared = (limit: Limit) => limit.rules.filter(({ per }) => per !== "person" && per !== "account");
  for (const name of ["room.lookUp", "entry.ask", "sign-in"] as const) {
    for (const rule of shared(LIMITS[name])) expect(rule.atMost).toBeGreaterThanOrEqual(60);
  }
});
