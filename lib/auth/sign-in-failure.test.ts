import { expect, test } from "vitest";
import { signInFailure } from "./sign-in-failure.ts";

test.each([
  ["expected 200 OK, got: 404 Not Found", "the provider answered 404"],
  ["outgoing request timed out after 8000ms", "the provider did not answer in time"],
  ["connect ECONNREFUSED 127.0.0.1:1", "the provider cannot be reached"],
  ["getaddrinfo ENOTFOUND id.example", "the provider cannot be reached"],
  ["self-signed certificate in certificate chain", "the provider's certificate is not trusted"],
  ["State cookie was missing.", "the browser sent no cookie of the beginning of this sign-in"],
  ["state mismatch, expected a, got: SECRET", "state mismatch"],
  [
    "iss mismatch, expected https://id.example, got: SECRET",
    "issuer mismatch: compare OIDC_ISSUER with what the provider calls itself",
  ],
  ["JWT expired, now 2, exp 1", "the clocks of provider and server differ"],
  ["invalid_client (SECRET)", "the provider said invalid_client"],
  ["SECRET", undefined],
  ["SECRET: connect", undefined],
])("[A15] the reason for %j is logged in our own words", (message, reason) => {
  const facts = signInFailure({ error: new Error(message) });
  expect(facts.reason).toBe(reason);
  expect(facts.error).toBe("Error");
  expect(JSON.stringify(facts)).not.toContain("SECRET");
});

test("[A15] the place in the code is logged without the message, even if the message looks like frames", () => {
  const error = new Error("SECRET\n    at SECRET (/srv/secret.js:1:1)\n    at b (/x.js:2:2)");
  const { thrownAt } = signInFailure(error);
  expect(thrownAt).toContain("sign-in-failure.test.ts");
  expect(thrownAt).not.toContain("SECRET");
});

test("[A15] a value that is not an Error is logged as such", () => {
  expect(signInFailure({ error: "SECRET" })).toEqual({ error: "something that is no Error was thrown" });
});
