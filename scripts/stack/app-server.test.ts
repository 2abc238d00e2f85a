import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startAppServer } from "./app-server.ts";

type Asked = { url?: string; headers: Record<string, string | string[] | undefined> };

/** A fake Next that answers with the request it got, or throws. */
const app = {
  prepare: () => Promise.resolve(),
  getRequestHandler: () => async (request: Asked, response: { end: (text: string) => void }) => {
    await Promise.resolve();
    if (request.url?.startsWith("/throws")) throw new Error(`Next was asked for ${request.url}`);
    const seen = ["range", "next-router-state-tree"].flatMap((name) => request.headers[name] ?? []);
    response.end([`Next answers ${request.url}`, ...seen].join(" "));
  },
};
let server: Server;
beforeAll(async () => {
  server = await startAppServer({ app, port: 0, hostname: "127.0.0.1", isDevelopment: false });
});
afterAll(() => void server.close());

/** Sends raw bytes, because client libraries refuse to send malformed requests. */
async function send(text: string): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(text);
  let received = "";
  for await (const chunk of socket) received += String(chunk);
  const [head = "", body = ""] = received.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), headers: head.toLowerCase(), body };
}
const line = (method: string, target: string, headers = "") =>
  send(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${headers}Connection: close\r\n\r\n`);

describe("[H25] a request that Next cannot handle gets our own answer", () => {
  test.each([
    ["a broken escape in a page", () => line("GET", "/meet/%ff"), 404, "not_found"],
    ["a method that Next does not know", () => line("TRACE", "/api/rooms"), 405, "method_not_allowed"],
    ["CONNECT", () => line("CONNECT", "veet.example:443"), 405, "method_not_allowed"],
    ["the target *", () => line("OPTIONS", "*"), 400, "bad_request"],
    ["an absolute target", () => line("GET", "http://evil.example/"), 400, "bad_request"],
    ["a malformed host", () => send("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"), 400, "bad_request"],
    ["an invalid method", () => line("BREW", "/"), 400, "bad_request"],
    ["an unknown expectation", () => line("GET", "/", "Expect: x\r\n"), 400, "bad_request"],
    ["a POST to a file", () => line("POST", "/icon.svg"), 405, "method_not_allowed"],
    ["text that is not HTTP", () => send("hello\r\n\r\n"), 400, "bad_request"],
    ["two content lengths", () => line("POST", "/", "Content-Length: 1\r\nContent-Length: 2\r\n"), 400, "bad_request"],
    ["headers over the limit", () => line("GET", "/", `X: ${"x".repeat(20_000)}\r\n`), 431, "headers_too_large"],
  ])("%s", async (_, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([status, code]);
    expect(answer.headers).toContain("content-type: application/json");
    expect(answer.headers).toMatch(/x-request-id: r_[0-9a-z]{20}/);
    for (const usual of [
      "x-content-type-options: nosniff",
      "x-frame-options: deny",
      "cache-control: no-store, private",
    ])
      expect(answer.headers).toContain(usual);
    expect(answer.headers).toContain("content-security-policy: default-src 'none'; frame-ancestors 'none'");
    expect(answer.headers).toContain("strict-transport-security: max-age=63072000");
  });

  test("the answer has the request's id", async () => {
    const answer = await line("TRACE", "/", "X-Request-Id: r_0123456789abcdefghij\r\n");
    expect(answer.headers).toContain("x-request-id: r_0123456789abcdefghij");
  });

  test("a 405 lists the methods in Allow", async () => {
    expect((await line("TRACE", "/api/x")).headers).toContain("allow: get, head, post, put, patch, delete, options");
    expect((await line("POST", "/")).headers).toMatch(/^allow: get, head\r?$/m);
  });
});

test("[H25] every other request reaches Next, with an address that it can decode", async () => {
  expect((await line("GET", "/meet/abc-defg-hij?x=%ff")).body).toContain("/meet/abc-defg-hij?x=%ff");
  expect((await line("GET", "/api/rooms/%ff/entry")).body).toContain("/api/rooms/%25ff/entry");
  // Headers to which Next answers 500 are removed.
  expect((await line("GET", "/icon.svg", "Range: bytes=5-1\r\n")).body).toBe("Next answers /icon.svg");
  const state = (text: string) => line("GET", "/", `Next-Router-State-Tree: ${encodeURIComponent(text)}\r\n`);
  expect((await state("[]")).body).toBe("Next answers /");
  expect((await state('["",{}]')).body).toContain("Next answers / %5B");
  expect((await line("GET", "/meet/%ff", "Accept: text/html\r\n")).body).toContain("/meet/%25ff");
  expect((await send("GET / HTTP/1.0\r\n\r\n")).body).toBe("Next answers /");
});

test("[H25] an upgrade outside of development is answered as a request", async () => {
  const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  const answer = await send(`GET /x HTTP/1.1\r\nHost: localhost\r\n${upgrade}Connection: close\r\n\r\n`);
  expect(answer.body).toContain("Next answers /x");
});

test("[H25] [A15] an error of Next is our own 500, without the address in answer and log", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const answer = await line("GET", "/throws?secret=SECRET");
  expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([500, "internal"]);
  const text = JSON.stringify(logged.mock.calls);
  expect(text).toContain("request.internal");
  expect(answer.body + text).not.toContain("SECRET");
  logged.mockRestore();
});
