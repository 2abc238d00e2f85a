import { describe, expect, test } from "vitest";
import { repairPath, screenRequest } from "./screen-request.ts";

const screen = (target: string, more: Partial<Parameters<typeof screenRequest>[0]> = {}) =>
  screenRequest({ method: "GET", target, host: "localhost:3000", accept: "*/*", ...more });

describe("[H25] a request that Next cannot handle is refused", () => {
  test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s passes in the API", (method) => {
    expect(screen("/api/rooms", { method })).toEqual({ target: "/api/rooms" });
  });
  test.each(["TRACE", "CONNECT", "PROPFIND", "SEARCH", "QUERY", "get", ""])("%j does not", (method) => {
    for (const target of ["/", "/api/rooms"])
      expect(screen(target, { method })).toMatchObject({ refusal: "method_not_allowed" });
  });
  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is refused for pages and files", (method) => {
    for (const target of ["/", "/meet/abc-defg-hij", "/icon.svg", "/apix", "//api/rooms", "/_next/static/x.js"])
      expect(screen(target, { method })).toEqual({ refusal: "method_not_allowed", allow: ["GET", "HEAD"] });
  });
  test.each(["*", "http://evil.example/", "", "meet/abc-defg-hij", "?x=1"])("the target %j is refused", (target) => {
    expect(screen(target)).toEqual({ refusal: "bad_request" });
  });
  test.each(["veet.example", "veet.example:443", "127.0.0.1:3000", "[::1]:3000", "a_b.internal", undefined])(
    "the host %s passes",
    (host) => {
      expect(screen("/", { host })).toEqual({ target: "/" });
    },
  );
  test.each(["/api/..", "/api/../status", "/./meet/abc-defg-hij", "/api/rooms/%2e%2E/x", "/..?x"])(
    "%s leads nowhere",
    (target) => {
      expect(screen(target, { accept: "text/html" })).toEqual({ refusal: "not_found" });
    },
  );
  test.each(["/meet/a..b", "/.well-known/x", "/x...", "/api/rooms/.x?y=/../"])("%s passes", (target) => {
    expect(screen(target)).toEqual({ target });
  });
  test.each(["", "a b", "a/b", "a@b", "veet.example:x", "[::1", "a,b", "ä.example", "x".repeat(300)])(
    "the host %j is refused",
    (host) => {
      expect(screen("/", { host })).toEqual({ refusal: "bad_request" });
    },
  );
});

describe("[H25] a broken escape is answered like any other unknown address", () => {
  test.each([
    ["/api/rooms/%ff", "/api/rooms/%25ff"],
    ["/api/rooms/%zz/entry?x=%ff", "/api/rooms/%25zz/entry?x=%ff"],
    ["/api/rooms/%/lobby/%e2%82", "/api/rooms/%25/lobby/%25e2%2582"],
    ["/api/rooms/abc-defg-hij/entry", "/api/rooms/abc-defg-hij/entry"],
    ["/api/rooms/%61bc-defg-hij", "/api/rooms/%61bc-defg-hij"],
  ])("of the API: %s → %s", (target, passed) => {
    expect(screen(target)).toEqual({ target: passed });
  });

  test.each(["/meet/%ff", "/%zz", "/meet/%c0%af?x=1", "/%"])("a page: %s", (target) => {
    expect(screen(target)).toEqual({ refusal: "not_found" });
    const asBrowser = screen(target, { accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
    expect(asBrowser).toEqual({ target: expect.stringContaining("%25") as string });
  });

  test("the rewritten path decodes to what was sent", () => {
    for (const part of ["%", "%ff", "%zz", "%c0%af", "%e2%28%a1", "%u0041", "a%b%20", "%25%ff"]) {
      expect(decodeURIComponent(repairPath(`/${part}`))).toBe(`/${part}`);
    }
  });

  test("the query is not changed", () => {
    expect(screen("/?x=%ff#%zz")).toEqual({ target: "/?x=%ff#%zz" });
  });
});
