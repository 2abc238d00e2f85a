import { createServer, type Server } from "node:http";
import { registerHooks } from "node:module";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";

const SITE = "http://localhost:3000";
const REQUEST_ID = "r_0123456789abcdefghij";
const CODE = "abc-defg-hij";
const PASS = "p".repeat(43);
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwXzEifQ.c2lnbmF0dXJl";

/** A collector that keeps what it receives. */
let collector: Server;
let received: string[];
beforeEach(async () => {
  vi.resetModules();
  received = [];
  collector = createServer((request, response) => {
    let body = "";
    request.on("data", (some) => (body += some));
    request.on("end", () => {
      received.push(body);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  collector.close();
  vi.unstubAllEnvs();
});

const collect = () =>
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", `http://127.0.0.1:${(collector.address() as AddressInfo).port}`);

/** Joins a room as a signed-in user, with name, code and an answer that holds a token. Work after the answer is awaited. */
async function enter(fails = false): Promise<Response> {
  const { handleAt, anyone } = await import("./handle.ts");
  const { traceStep } = await import("#lib/trace.ts");
  const { RoomCode } = await import("#lib/ids.ts");
  const afterwards: (() => Promise<void>)[] = [];
  const limiter = { count: () => Promise.resolve(), refuseGuesser: () => Promise.resolve() };
  const after = (work: () => Promise<void>) => void afterwards.push(work);
  const handle = handleAt({
    limiter,
    clock: Date.now,
    report: () => undefined,
    after,
    hasEnded: () => Promise.resolve(false),
  });
  const handler = handle(
    {
      params: z.object({ code: RoomCode }),
      body: z.object({ name: z.string() }),
      answer: z.object({ token: z.string() }),
      allow: anyone,
    },
    async () => {
      await traceStep("redis", () => Promise.resolve());
      if (fails) throw new Error(`Redis was given ${PASS}`);
      return { token: TOKEN };
    },
  );
  const session = await encode({
    token: {
      accountId: `a_${"x".repeat(27)}`,
      name: "Ada Lovelace",
      signInId: `s_${"x".repeat(20)}`,
      signedInAtMs: Date.now(),
    } as never,
    secret: process.env.NEXTAUTH_SECRET ?? "",
  });
  const headers = {
    origin: SITE,
    "content-type": "application/json",
    "x-request-id": REQUEST_ID,
    cookie: `next-auth.session-token=${session}; veet-guest=${PASS}`,
  };
  const body = JSON.stringify({ name: "Ada Lovelace" });
  const request = new Request(`${SITE}/api/rooms/${CODE}/entry?ticket=${PASS}`, { method: "POST", headers, body });
  const response = await handler(request, { params: Promise.resolve({ code: CODE }) });
  // `later` logs what fails here.
  for (const work of afterwards) await work().catch(() => undefined);
  return response;
}

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } };
type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string; attributes: Attribute[] };
type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
const spans = (): Span[] =>
  received
    .map((text): Sent => JSON.parse(text))
    .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
    .flatMap(({ spans: some }) => some);
const facts = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));

// This test is first: modules stay loaded.
test("[O12] without a collector nothing of OpenTelemetry is loaded", async () => {
  const loaded: string[] = [];
  const hooks = registerHooks({
    load: (url, context, next) => {
      if (url.includes("@opentelemetry")) loaded.push(url);
      return next(url, context);
    },
  });
  expect((await enter()).status).toBe(200);
  expect(loaded).toEqual([]);
  vi.resetModules();
  collect();
  await enter();
  expect(loaded).not.toEqual([]);
  hooks.deregister();
});

test("[O11] a request is a span with its id, route and status, and contains what it waited for", async () => {
  collect();
  expect((await enter()).status).toBe(200);
  const request = spans().find(({ name }) => name === "POST /api/rooms/[code]/entry");
  const step = spans().find(({ name }) => name === "redis");
  if (!request || !step) throw new Error(`Only these arrived: ${received.join()}`);
  expect(facts(request)).toEqual({
    "http.request.method": "POST",
    "http.route": "/api/rooms/[code]/entry",
    "http.response.status_code": 200,
    "veet.request_id": REQUEST_ID,
  });
  expect([step.traceId, step.parentSpanId]).toEqual([request.traceId, request.spanId]);
});

test("[O11] a failure is recorded by its code, without its message", async () => {
  collect();
  expect((await enter(true)).status).toBe(500);
  const request = spans().find(({ name }) => name.startsWith("POST"));
  expect(request && facts(request)).toMatchObject({ "error.type": "internal", "http.response.status_code": 500 });
});

test("[O11] a collector that hangs loses spans and delays no one", async () => {
  collector.removeAllListeners("request");
  collect();
  expect((await enter()).status).toBe(200);
  collector.closeAllConnections();
});

test.each([false, true])("[O12] no span holds a token, a cookie, a name or a code (failing: %j)", async (fails) => {
  collect();
  await enter(fails);
  expect(received).toHaveLength(1);
  for (const secret of ["eyJ", PASS, CODE, "Ada", "Lovelace", "cookie"]) expect(received.join()).not.toContain(secret);
});
