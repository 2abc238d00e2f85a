import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { ErrorCode } from "#lib/errors.ts";
import { SITE, answer, echo, errorOf, params, post, world } from "../../tests/support/handling.ts";
import { anyone } from "./handle.ts";
import { MAX_BODY_BYTES } from "./read-input.ts";

describe("[H2] a request that changes something must come from our own site", () => {
  test.each<[string, Record<string, string>, number]>([
    ["our own origin", { origin: SITE }, 200],
    ["our own origin, as the browser confirms", { origin: SITE, "sec-fetch-site": "same-origin" }, 200],
    ["another site", { origin: "https://evil.example" }, 403],
    ["no origin", { origin: "" }, 403],
    ["a sandboxed frame", { origin: "null" }, 403],
    ["another port of this host", { origin: "http://localhost:3001" }, 403],
    ["another scheme", { origin: "https://localhost:3000" }, 403],
    ["a host that begins like ours", { origin: "http://localhost:3000.evil.example" }, 403],
    ["a neighbouring subdomain", { origin: SITE, "sec-fetch-site": "same-site" }, 403],
    ["another site that lies about its origin", { origin: SITE, "sec-fetch-site": "cross-site" }, 403],
    ["the address bar", { origin: SITE, "sec-fetch-site": "none" }, 403],
  ])("%s", async (_, headers, status) => {
    const response = await post(echo(world()), { headers });
    expect(response.status).toBe(status);
    if (status === 403) expect((await errorOf(response)).code).toBe("cross_site");
  });

  test.each(["POST", "PATCH", "DELETE", "PUT"])("%s without an origin", async (method) => {
    expect((await post(echo(world()), { method, headers: { origin: "" } })).status).toBe(403);
  });

  test("reading needs no origin", async () => {
    const { handle } = world();
    const handler = handle({ answer, allow: anyone }, () => Promise.resolve({ said: "hello" }));
    const response = await handler(new Request(`${SITE}/api/things`), { params: Promise.resolve({}) });
    expect(response.status).toBe(200);
  });

  test("is checked before anything is counted or looked up", async () => {
    const { handle, counted } = world();
    const handler = handle({ params, answer, allow: () => Promise.reject(new Error("asked")), limit: "hand" }, () =>
      Promise.resolve({ said: "" }),
    );
    expect((await post(handler, { headers: { origin: "https://evil.example" } })).status).toBe(403);
    expect(counted).toEqual([]);
  });
});

describe("[H3] a body is short, strict JSON", () => {
  const large = JSON.stringify({ name: "x".repeat(MAX_BODY_BYTES) });
  const chunks = (text: string) => new Blob([text]).stream();

  test.each<[string, RequestInit, ErrorCode]>([
    ["a form's text/plain", { headers: { "content-type": "text/plain" } }, "not_json"],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, "not_json"],
    ["no content type", { headers: { "content-type": "" } }, "not_json"],
    ["a type that begins like JSON", { headers: { "content-type": "application/jsonp" } }, "not_json"],
    ["too many bytes", { body: large }, "body_too_large"],
    ["too many bytes in chunks without a length", { body: chunks(large) }, "body_too_large"],
    ["a declared length that is too long", { headers: { "content-length": "99999999" } }, "body_too_large"],
    ["nothing", { body: "" }, "bad_request"],
    ["half of it", { body: '{"name":' }, "bad_request"],
    ["two of them", { body: '{"name":"a"}{}' }, "bad_request"],
    ["bytes that are not text", { body: new Uint8Array([0x22, 0xff, 0x22]) }, "bad_request"],
    ["a prototype", { body: '{"name":"a","__proto__":{"role":"host"}}' }, "bad_request"],
    ["a prototype further down", { body: '{"name":"a","deep":{"n":1,"__proto__":{}}}' }, "bad_request"],
    ["a constructor", { body: '{"name":"a","constructor":{}}' }, "bad_request"],
    ["a field we do not know", { body: '{"name":"a","role":"host"}' }, "bad_request"],
    ["a list", { body: "[]" }, "bad_request"],
    ["null", { body: "null" }, "bad_request"],
    ["a very deep nest", { body: "[".repeat(8000) + "]".repeat(8000) }, "bad_request"],
  ])("%s", async (_, init, code) => {
    const response = await post(echo(world()), init);
    expect((await errorOf(response)).code).toBe(code);
  });

  test.each(["application/json; charset=utf-8", "Application/JSON"])("%s is JSON", async (type) => {
    expect((await post(echo(world()), { headers: { "content-type": type } })).status).toBe(200);
  });

  test("in chunks that stay short is read", async () => {
    expect((await post(echo(world()), { body: chunks('{"name":"Ada"}') })).status).toBe(200);
  });

  test("names the field that is wrong and never its value", async () => {
    const response = await post(echo(world()), { body: '{"name":"a","deep":{"n":"hunter2"}}' });
    const { message } = await errorOf(response);
    expect(message).toContain("body.deep.n");
    expect(message).not.toContain("hunter2");
  });
});

describe("[H4] parts of the address", () => {
  test.each(["ABC-defg-hij", "abcdefghij", "abc-defg-hi1", "../../etc", "abc-defg-hij\n", "*"])(
    "%j is answered like an unused code",
    async (code) => {
      const response = await post(echo(world()), { code, path: "/api/rooms/x/things" });
      expect((await errorOf(response)).code).toBe("room_unknown");
    },
  );

  test("any other malformed part is answered as not found", async () => {
    const handler = world().handle({ params: z.object({ ticketId: z.uuid() }), answer, allow: anyone }, () =>
      Promise.resolve({ said: "" }),
    );
    expect((await errorOf(await post(handler))).code).toBe("not_found");
  });

  test.each([
    ["?after=3", 200],
    ["?after=x", 400],
    ["?after=1&after=2", 400],
    ["?after=1&more=2", 400],
  ])("%s → %i", async (query, status) => {
    const handler = world().handle(
      { query: z.strictObject({ after: z.coerce.number() }), answer, allow: anyone },
      ({ query: { after } }) => Promise.resolve({ said: String(after) }),
    );
    const response = await handler(new Request(`${SITE}/api/x${query}`), { params: Promise.resolve({}) });
    expect(response.status).toBe(status);
  });
});
