import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { RoomCode } from "#lib/ids.ts";
import { type Guard, handleAt, type RouteHandler, anybody, signedIn } from "./handle.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { MAX_BODY_BYTES } from "./read-input.ts";

const SITE = "http://localhost:3000";
const NOW_MS = Date.now();
const CODE = "abc-defg-hij";
const ACCOUNT = { accountId: `a_${"x".repeat(27)}`, name: "Ada" };
const PASS = "p".repeat(43);

/** The outside world of one test: what was counted, what was reported. */
function world(limits: Partial<RateLimiter> = {}) {
  const counted: string[] = [];
  const reported: { event: string; text: string }[] = [];
  const limiter: RateLimiter = {
    count: (name) => Promise.resolve(void counted.push(name)),
    refuseGuesser: () => Promise.resolve(),
    ...limits,
  };
  const handle = handleAt({
    limiter,
    clock: () => NOW_MS,
    report: (level, event, facts) => void reported.push({ event, text: JSON.stringify({ level, facts }) }),
  });
  return { handle, counted, reported };
}

const Body = z.strictObject({ name: z.string().max(5), deep: z.strictObject({ n: z.number() }).optional() });
const params = z.object({ code: RoomCode });
const answer = z.object({ said: z.string() });

function post(handler: RouteHandler, init: RequestInit & { code?: string; path?: string } = {}): Promise<Response> {
  const { code = CODE, path = `/api/rooms/${code}/things`, ...rest } = init;
  const headers = { origin: SITE, "content-type": "application/json", ...(rest.headers as Record<string, string>) };
  const stream = rest.body instanceof ReadableStream ? { duplex: "half" } : {};
  const request = new Request(SITE + path, {
    method: "POST",
    body: '{"name":"Ada"}',
    ...rest,
    ...stream,
    headers,
  } as RequestInit);
  return handler(request, { params: Promise.resolve({ code }) });
}

async function errorOf(response: Response) {
  return z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) }).parse(await response.json())
    .error;
}

const echo = ({ handle }: ReturnType<typeof world>, allow: Guard<unknown, unknown> = anybody) =>
  handle({ params, body: Body, answer, allow }, ({ body }) => Promise.resolve({ said: body.name }));

test("[H1] an answer holds what its schema names, is never cached and carries a request id", async () => {
  const { handle } = world();
  const handler = handle({ params, answer, allow: anybody, status: 201 }, () =>
    Promise.resolve({ said: "hello", secret: "token" }),
  );
  const response = await post(handler);
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ said: "hello" });
  expect(response.headers.get("cache-control")).toBe("no-store, private");
  expect(response.headers.get("x-request-id")).toMatch(/^r_[\da-z]{20}$/);
});

test("[H1] an address without parameters is served, whether it comes with none or with no word about them", async () => {
  const { handle } = world();
  const handler = handle({ answer, allow: anybody }, () => Promise.resolve({ said: "hello" }));
  const ask = (given: Record<string, string> | undefined) =>
    handler(new Request(`${SITE}/api/rooms`), { params: Promise.resolve(given) });
  expect((await ask({})).status).toBe(200);
  expect((await ask(undefined)).status).toBe(200);
});

test("[H5] a body that breaks off half-way is the sender's affair and goes unlogged", async () => {
  const { handle, reported } = world();
  const handler = echo({ handle } as ReturnType<typeof world>);
  const body = new ReadableStream({ start: (controller) => controller.error(new Error("aborted")) });
  const response = await post(handler, { body });
  expect(response.status).toBe(400);
  expect(reported).toEqual([]);
});

describe("[H2] what changes something is asked from our own site", () => {
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
    const handler = handle({ answer, allow: anybody }, () => Promise.resolve({ said: "hello" }));
    const response = await handler(new Request(`${SITE}/api/things`), { params: Promise.resolve({}) });
    expect(response.status).toBe(200);
  });

  test("is found out before anything is counted or looked up", async () => {
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
    ["bytes that are no text", { body: new Uint8Array([0x22, 0xff, 0x22]) }, "bad_request"],
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
    "%j is answered like a code that is not in use",
    async (code) => {
      const response = await post(echo(world()), { code, path: "/api/rooms/x/things" });
      expect((await errorOf(response)).code).toBe("room_unknown");
    },
  );

  test("any other part that cannot be is not there", async () => {
    const handler = world().handle({ params: z.object({ ticketId: z.uuid() }), answer, allow: anybody }, () =>
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
      { query: z.strictObject({ after: z.coerce.number() }), answer, allow: anybody },
      ({ query: { after } }) => Promise.resolve({ said: String(after) }),
    );
    const response = await handler(new Request(`${SITE}/api/x${query}`), { params: Promise.resolve({}) });
    expect(response.status).toBe(status);
  });
});

describe("[H5] what is thrown becomes an answer without internals", () => {
  test.each<[string, unknown, number, string, string | null]>([
    ["a reason of ours", new AppError("room_locked"), 403, "room_locked", null],
    ["Redis away", new AppError("unavailable", { retryAfterSeconds: 2 }), 503, "unavailable", "2"],
    ["no media server", new AppError("media_unavailable"), 503, "media_unavailable", "2"],
    ["a time limit", new DOMException("after 1100 ms", "TimeoutError"), 503, "unavailable", "2"],
    ["a bug", new TypeError("cannot read secret-token"), 500, "internal", null],
    ["something that is no error", "secret-token", 500, "internal", null],
  ])("%s", async (_, thrown, status, code, retryAfter) => {
    const { handle, reported } = world();
    const handler = handle({ params, answer, allow: anybody }, () => Promise.reject(thrown as Error));
    const response = await post(handler);
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(retryAfter);
    expect(response.headers.get("cache-control")).toBe("no-store, private");
    const text = await response.text();
    expect(text).toContain(`"code":"${code}"`);
    expect(text + JSON.stringify(reported)).not.toContain("secret-token");
    expect(reported).toHaveLength(status >= 500 ? 1 : 0);
  });

  test("an answer that does not fit its schema is our fault", async () => {
    const { handle, reported } = world();
    const handler = handle({ params, answer, allow: anybody }, () => Promise.resolve({ said: 5 as unknown as string }));
    expect((await post(handler)).status).toBe(500);
    expect(reported).toHaveLength(1);
  });

  test("the log names the route and not the room", async () => {
    const { handle, reported } = world();
    await post(handle({ params, answer, allow: anybody }, () => Promise.reject(new Error("x"))));
    expect(reported[0]?.text).toContain("/api/rooms/[code]/things");
    expect(JSON.stringify(reported)).not.toContain(CODE);
  });

  test("facts for the caller come along", async () => {
    const facts = { asksLeft: 2, mayAskAgainAtMs: 5 };
    const response = await post(echo(world(), () => Promise.reject(new AppError("entry_denied", facts))));
    expect(await errorOf(response)).toMatchObject({ code: "entry_denied", facts });
  });
});

describe("[H6] limits", () => {
  const tooMany = () => Promise.reject(new AppError("rate_limited", { retryAfterSeconds: 7 }));
  const refuse = (code: ErrorCode) => () => Promise.reject(new AppError(code));
  const limited = ({ handle }: ReturnType<typeof world>, allow: Guard<unknown, unknown>) =>
    handle({ params, answer, allow, limit: "entry.ask" }, () => Promise.resolve({ said: "hello" }));

  test("over the limit is said first, with the seconds to wait", async () => {
    const response = await post(limited(world({ count: tooMany }), refuse("not_allowed")));
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
  });

  test("counting and the guard begin in the same tick", async () => {
    const order: string[] = [];
    const count = async () => {
      order.push("count");
      await Promise.resolve();
      order.push("counted");
    };
    await post(limited(world({ count }), () => Promise.resolve(void order.push("guard"))));
    expect(order.slice(0, 2)).toEqual(["count", "guard"]);
  });

  test("uncounted is not allowed", async () => {
    const away = () => Promise.reject(new AppError("unavailable"));
    expect((await post(limited(world({ count: away }), anybody))).status).toBe(503);
  });

  test("a room that does not exist counts as a miss, wherever that comes out", async () => {
    for (const inGuard of [true, false]) {
      const edge = world();
      const unknown = () => Promise.reject(new AppError("room_unknown"));
      const handler = edge.handle({ params, answer, allow: inGuard ? unknown : anybody }, unknown);
      expect((await post(handler)).status).toBe(404);
      expect(edge.counted).toEqual(["room.miss"]);
    }
  });

  test("a guesser cannot tell a refusal from a miss", async () => {
    const refused = world({ refuseGuesser: tooMany });
    expect((await post(limited(refused, refuse("not_allowed")))).status).toBe(429);
    const missed = world({ count: (name) => (name === "room.miss" ? tooMany() : Promise.resolve()) });
    expect((await post(limited(missed, refuse("room_unknown")))).status).toBe(429);
  });

  test("whoever may is not asked about guesses", async () => {
    expect((await post(limited(world({ refuseGuesser: tooMany }), anybody))).status).toBe(200);
  });

  test("a code that cannot be one costs nothing", async () => {
    const edge = world();
    await post(limited(edge, anybody), { code: "x", path: "/api/rooms/x" });
    expect(edge.counted).toEqual([]);
  });

  test("may depend on who asks", async () => {
    const edge = world();
    const handler = edge.handle(
      { params, answer, allow: anybody, limit: ({ actor }) => (actor.kind === "guest" ? "entry.ask" : undefined) },
      () => Promise.resolve({ said: "" }),
    );
    await post(handler);
    await post(handler, { headers: await sessionHeaders() });
    expect(edge.counted).toEqual(["entry.ask"]);
  });
});

async function sessionHeaders(maxAge?: number): Promise<Record<string, string>> {
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  const token = await encode({ token: ACCOUNT, secret, ...(maxAge ? { maxAge } : {}) });
  return { cookie: `next-auth.session-token=${token}; veet-guest=${PASS}` };
}

describe("[H7] who asks", () => {
  const who = ({ handle }: ReturnType<typeof world>, allow: Guard<unknown, unknown> = anybody) =>
    handle({ params, answer, allow }, ({ actor }) => Promise.resolve({ said: JSON.stringify(actor) }));
  const said = async (response: Response) => JSON.parse(answer.parse(await response.json()).said) as unknown;

  test("a session makes an account, and wins over a guest's pass", async () => {
    const response = await post(who(world()), { headers: await sessionHeaders() });
    expect(await said(response)).toEqual({ kind: "account", ...ACCOUNT });
  });

  test.each([
    ["nothing", "", { kind: "guest" }],
    ["a pass", `veet-guest=${PASS}`, { kind: "guest", pass: PASS }],
    ["a pass that we cannot have issued", "veet-guest=short", { kind: "guest" }],
    ["a forged session", "next-auth.session-token=eyJhbGciOiJub25lIn0.e30.", { kind: "guest" }],
  ])("%s", async (_, cookie, actor) => {
    expect(await said(await post(who(world()), { headers: { cookie } }))).toEqual(actor);
  });

  test("signedIn refuses guests", async () => {
    expect((await post(who(world(), signedIn))).status).toBe(401);
    expect((await post(who(world(), signedIn), { headers: await sessionHeaders() })).status).toBe(200);
  });

  test("a session is renewed once it is an hour old", async () => {
    const ofAge = async (hoursLeft: number) =>
      (await post(who(world()), { headers: await sessionHeaders(hoursLeft * 3600) })).headers.getSetCookie();
    expect(await ofAge(11.9)).toEqual([]);
    expect(await ofAge(10.9)).toEqual([
      expect.stringMatching(/^next-auth\.session-token=.+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test.each([
    [undefined, 200],
    ["d_0123456789abcdefghij", 200],
    ["d_short", 400],
  ])("device %s → %i", async (device, status) => {
    const headers: Record<string, string> = device ? { "x-veet-device": device } : {};
    expect((await post(who(world()), { headers })).status).toBe(status);
  });
});

describe("[H8] a guest's pass", () => {
  const issuing = ({ handle }: ReturnType<typeof world>) =>
    handle({ params, answer, allow: anybody }, ({ issueGuestPass }) => {
      const pass = issueGuestPass();
      return Promise.resolve({ said: String(pass === issueGuestPass()) });
    });

  test("is made for somebody without one and comes as a cookie only", async () => {
    const response = await post(issuing(world()));
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^veet-guest=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/),
    ]);
    expect(await response.json()).toEqual({ said: "true" });
  });

  test("stays for somebody who has one", async () => {
    const response = await post(issuing(world()), { headers: { cookie: `veet-guest=${PASS}` } });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("can be taken back", async () => {
    const handler = world().handle({ params, answer, allow: anybody }, ({ clearGuestPass }) => {
      clearGuestPass();
      return Promise.resolve({ said: "" });
    });
    expect((await post(handler)).headers.getSetCookie()).toEqual([expect.stringMatching(/^veet-guest=; .*Max-Age=0/)]);
  });
});
