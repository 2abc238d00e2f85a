import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contentSecurityPolicy, SONNER_STYLE_HASH } from "./content-security-policy.ts";

const mediaUrls = ["wss://use1a.rtc.example", "wss://euw1a.rtc.example:8443/path", "wss://use1a.rtc.example"];

function policy(isDevelopment = false): Record<string, string> {
  const text = contentSecurityPolicy({ nonce: "bm9uY2U=", mediaUrls, isDevelopment });
  return Object.fromEntries(text.split("; ").map((line) => line.split(/ (.*)/s, 2)));
}

test("[H12] scripts run with a nonce, never inline or from text", () => {
  expect(policy()["script-src"]).toBe("'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(policy()["style-src"]).not.toContain("unsafe");
  expect(policy()["style-src"]).toContain("'nonce-bm9uY2U='");
});

test("[H12] pages connect to our own server and to the configured media servers, listed one by one", () => {
  expect(policy()["connect-src"]).toBe(
    "'self' wss://use1a.rtc.example https://use1a.rtc.example wss://euw1a.rtc.example:8443 https://euw1a.rtc.example:8443",
  );
});

test.each(["default-src", "frame-ancestors", "base-uri", "object-src"])("[H12] %s is closed", (name) => {
  expect(policy()[name]).toBe("'none'");
});

test("[H12] what the development server needs is allowed there only", () => {
  expect(policy(true)["script-src"]).toContain("'unsafe-eval'");
  expect(policy(true)["connect-src"]).toMatch(/ ws: wss:$/);
  expect(JSON.stringify(policy())).not.toMatch(/unsafe-eval|ws: wss:/);
});

test("[H12] the style of the installed sonner is allowed", () => {
  const source = readFileSync(new URL("../../node_modules/sonner/dist/index.mjs", import.meta.url), "utf8");
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1] ?? '""';
  const hash = createHash("sha256")
    .update(JSON.parse(literal) as string)
    .digest("base64");
  expect(SONNER_STYLE_HASH).toBe(`sha256-${hash}`);
});
