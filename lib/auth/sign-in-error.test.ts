import { expect, test } from "vitest";
import { signInErrorText } from "./sign-in-error.ts";

test.each([
  [undefined, undefined],
  ["AccessDenied", /did not allow/],
  ["OAuthCallback", /not finished/],
  ["rate_limited", /Too many/],
  ["<script>alert(1)</script>", /^That did not work\. Try again\.$/],
  ["__proto__", /^That did not work\. Try again\.$/],
])("[A10] %s is told as a sentence of ours", (code, text) => {
  if (text) expect(signInErrorText(code)).toMatch(text);
  else expect(signInErrorText(code)).toBeUndefined();
});
