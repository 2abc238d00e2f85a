import { expect, test } from "vitest";
import { signInErrorText } from "./sign-in-error.ts";

test.each([
  [undefined, undefined],
  ["AccessDenied", /was declined/],
  ["OAuthCallback", /wasn’t finished/],
  ["rate_limited", /Too many/],
  ["<script>alert(1)</script>", /^Something went wrong\. Try again\.$/],
  ["__proto__", /^Something went wrong\. Try again\.$/],
])("[A10] %s is told as a sentence of ours", (code, text) => {
  if (text) expect(signInErrorText(code)).toMatch(text);
  else expect(signInErrorText(code)).toBeUndefined();
});
