import { expect, test } from "vitest";
import { AccountId } from "#lib/ids.ts";
import { signInFacts } from "./sign-in-facts.ts";

const ACCOUNT = AccountId.parse(`a_${"1".repeat(27)}`);
const ada = { email: "ada@example.com", email_verified: true };

test.each<[string, unknown, string | undefined, boolean]>([
  ["oidc", ada, "ada@example.com", true],
  ["oidc", { ...ada, email_verified: "true" }, "ada@example.com", true],
  ["oidc", { ...ada, email_verified: false }, "ada@example.com", false],
  ["oidc", { ...ada, email_verified: "false" }, "ada@example.com", false],
  ["oidc", { email: "ada@example.com" }, "ada@example.com", false],
  ["oidc", { email: ["ada@example.com"], email_verified: true }, undefined, true],
  ["google", { ...ada, hd: "example.com" }, "ada@example.com", true],
  ["google", ada, "ada@example.com", false],
  ["google", { email: "ada@gmail.com", email_verified: true }, "ada@gmail.com", true],
  ["google", { email: "ada@gmail.com", email_verified: false }, "ada@gmail.com", false],
  ["github", ada, undefined, false],
  ["try-it", undefined, "typed@example.com", true],
])("[A31] from %s and %j the e-mail address is %s, verified: %s", (provider, profile, email, isEmailVerified) => {
  expect(signInFacts(provider, ACCOUNT, profile, "typed@example.com")).toMatchObject({ email, isEmailVerified });
});

test("[A31] claims count from an OpenID Connect provider only", () => {
  const profile = { groups: ["staff"] };
  expect(signInFacts("oidc", ACCOUNT, profile, null).claims).toEqual(profile);
  for (const provider of ["google", "github", "try-it"]) {
    expect(signInFacts(provider, ACCOUNT, profile, null).claims).toEqual({});
  }
});
