import { describe, expect, test } from "vitest";
import { AccountId } from "./ids.ts";
import { HostsAllowed, decideHost, type SignInFacts } from "./hosts-allowed.ts";

const ACCOUNT = AccountId.parse(`a_${"1".repeat(27)}`);
const OTHER = `a_${"2".repeat(27)}`;

describe("[A30] HOSTS_ALLOWED is read", () => {
  test.each<[string, object[]]>([
    ["*", [{ kind: "everyone" }]],
    ["@Example.com", [{ kind: "domain", domain: "example.com" }]],
    ["Ada@Example.com", [{ kind: "email", email: "ada@example.com" }]],
    ["group:Domain Users", [{ kind: "claim", name: "groups", value: "Domain Users" }]],
    ["group:/staff", [{ kind: "claim", name: "groups", value: "/staff" }]],
    ["claim:department=R=D", [{ kind: "claim", name: "department", value: "R=D" }]],
    ["claim:https://id.example/roles=host", [{ kind: "claim", name: "https://id.example/roles", value: "host" }]],
    [ACCOUNT, [{ kind: "account", accountId: ACCOUNT }]],
    [
      " @example.com ,,\n group:staff, ",
      [
        { kind: "domain", domain: "example.com" },
        { kind: "claim", name: "groups", value: "staff" },
      ],
    ],
  ])("%j", (text, rules) => {
    expect(HostsAllowed.parse(text)).toEqual(rules);
  });

  test.each([
    ["", "it must be"],
    [" , ", "it must be"],
    ["example.com", "entry 1 must be"],
    ["@example", "entry 1 must be"],
    ["@*.example.com", "entry 1 must be"],
    ["@example.com, *.com", "entry 2 must be"],
    ["group:", "entry 1 must be"],
    ["claim:groups", "entry 1 must be"],
    ["claim:=staff", "entry 1 must be"],
    ["@example.com group:staff", "entry 1 must be"],
    ["a_short", "entry 1 must be"],
  ])("%j is refused, by the position of the wrong entry and not by its text", (text, message) => {
    const issue = HostsAllowed.safeParse(text).error?.issues[0]?.message;
    expect(issue).toContain(message);
    if (text.includes("example")) expect(issue).not.toContain("example");
  });
});

describe("[A31] who can host", () => {
  const nobodyYet: SignInFacts = { accountId: ACCOUNT, email: undefined, isEmailVerified: false, claims: {} };
  const verified = (email: string): SignInFacts => ({ ...nobodyYet, email, isEmailVerified: true });
  const unverified = (email: string): SignInFacts => ({ ...nobodyYet, email });
  const claiming = (claims: Record<string, unknown>): SignInFacts => ({ ...nobodyYet, claims });

  test.each<[string, SignInFacts, string]>([
    ["*", nobodyYet, "allowed"],
    ["@example.com", verified("ada@example.com"), "allowed"],
    ["@example.com", verified("Ada@EXAMPLE.com"), "allowed"],
    ["@example.com", verified("ada@sub.example.com"), "host_not_allowed"],
    ["@example.com", verified("ada@badexample.com"), "host_not_allowed"],
    ["@example.com", verified("ada@example.com.evil.example"), "host_not_allowed"],
    ["@example.com", verified('"x@example.com"@evil.example'), "host_not_allowed"],
    ["@example.com", unverified("ada@example.com"), "email_not_verified"],
    ["@example.com", unverified("ada@other.example"), "host_not_allowed"],
    ["@example.com", nobodyYet, "host_not_allowed"],
    ["ada@example.com", verified("ADA@example.com"), "allowed"],
    ["ada@example.com", verified("ben@example.com"), "host_not_allowed"],
    ["ada@example.com", unverified("ada@example.com"), "email_not_verified"],
    ["group:staff", claiming({ groups: ["sales", "staff"] }), "allowed"],
    ["group:staff", claiming({ groups: "staff" }), "allowed"],
    ["group:staff", claiming({ groups: ["staffing", "Staff"] }), "host_not_allowed"],
    ["group:staff", claiming({ groups: { staff: true } }), "host_not_allowed"],
    ["group:staff", claiming({ roles: ["staff"] }), "host_not_allowed"],
    ["claim:realm_access.roles=host", claiming({ realm_access: { roles: ["host"] } }), "allowed"],
    ["claim:https://id.example/roles=host", claiming({ "https://id.example/roles": ["host"] }), "allowed"],
    ["claim:staff=true", claiming({ staff: true }), "allowed"],
    ["claim:level=3", claiming({ level: 3 }), "allowed"],
    ["claim:__proto__.x=1", claiming({}), "host_not_allowed"],
    [ACCOUNT, nobodyYet, "allowed"],
    [OTHER, nobodyYet, "host_not_allowed"],
    ["@example.com, group:staff", claiming({ groups: ["staff"] }), "allowed"],
  ])("by %j with %j: %s", (text, facts, decision) => {
    expect(decideHost(HostsAllowed.parse(text), facts)).toBe(decision);
  });

  test("by no list: everyone who can sign in", () => {
    expect(decideHost(undefined, nobodyYet)).toBe("allowed");
  });
});
