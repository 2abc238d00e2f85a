import { expect, test } from "vitest";
import { signInProblem, signInRefusal } from "./sign-in-error.ts";

test.each([
  [undefined, undefined],
  ["AccessDenied", "declined"],
  ["OAuthCallback", "unfinished"],
  ["rate_limited", "tooOften"],
  ["<script>alert(1)</script>", "failed"],
  ["__proto__", "failed"],
])("[A10] %s is explained in our own words", (code, problem) => {
  expect(signInProblem(code)).toBe(problem);
});

test.each(["host_not_allowed", "email_not_verified", "account_blocked"])("[A33] %s is a refusal", (code) => {
  expect(signInRefusal(code)).toBe(code);
});

test.each([undefined, "AccessDenied", "constructor"])("[A33] %s is not a refusal", (code) => {
  expect(signInRefusal(code)).toBeUndefined();
});
