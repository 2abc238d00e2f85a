import { expect, test } from "vitest";
import { signInErrorText, signInRefusal } from "./sign-in-error.ts";

test.each([
  [undefined, undefined],
  ["AccessDenied", /was declined/],
  ["OAuthCallback", /wasn’t finished/],
  ["rate_limited", /Too many/],
  ["<script>alert(1)</script>", /^Something went wrong\. Try again\.$/],
  ["__proto__", /^Something went wrong\. Try again\.$/],
])("[A10] %s is explained in our own words", (code, text) => {
  if (text) expect(signInErrorText(code)).toMatch(text);
  else expect(signInErrorText(code)).toBeUndefined();
});

const HOSTS = "Only people of example.com can host meetings here.";

test.each([
  [
    "host_not_allowed",
    /can’t host/,
    /^Only people of example\.com can host meetings here\. Sign in with another account/,
  ],
  ["email_not_verified", /not verified/, /^Only people of example\.com can host meetings here\. Verify it/],
  ["account_blocked", /blocked/, /^The operator of this site blocked it/],
])("[A33] %s is explained, with who can host and what to do", (code, title, text) => {
  const refusal = signInRefusal(code, HOSTS);
  expect(refusal?.code).toBe(code);
  expect(refusal?.title).toMatch(title);
  expect(refusal?.text).toMatch(text);
});

test.each([undefined, "AccessDenied", "constructor"])("[A33] %s is not a refusal", (code) => {
  expect(signInRefusal(code, HOSTS)).toBeUndefined();
});
