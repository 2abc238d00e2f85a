import { expect, test } from "vitest";
import { HostsAllowed, hostsHere } from "#lib/hosts-allowed.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { hostsText, refusedText } from "./sign-in-text.ts";

const ACCOUNT = `a_${"1".repeat(27)}`;
const t = textsIn("en");
const HOSTS = "Only people of example.com can host meetings here.";

test.each([
  ["host_not_allowed", /^Only people of example\.com can host meetings here\. Sign in with another account/],
  ["email_not_verified", /^Only people of example\.com can host meetings here\. Verify it/],
  ["account_blocked", /^The operator of this site blocked it/],
] as const)("[A33] %s is explained, with who can host and what to do", (code, text) => {
  expect(refusedText(t, code, HOSTS)).toMatch(text);
});

test.each([
  ["@example.com", "Only people with a verified e-mail address at example.com can host meetings here."],
  [
    "@example.com, @example.org, group:staff, ada@example.net",
    "Only people with a verified e-mail address at example.com or example.org, and people chosen by the operator of this site, can host meetings here.",
  ],
  [`group:staff, ${ACCOUNT}`, "Only people chosen by the operator of this site can host meetings here."],
])("[A33] a refusal by %j says who can host, and names domains only", (text, sentence) => {
  expect(hostsText(t, hostsHere(HostsAllowed.parse(text)), "en-GB")).toBe(sentence);
});
