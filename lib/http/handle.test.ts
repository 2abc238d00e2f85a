import { describe, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { CODE, SITE, answer, echo, errorOf, params, post, world } from "../../tests/support/handling.ts";
import { anyone } from "./handle.ts";

test("[H1] an answer holds the fields of its schema only, is never cached and carries a request id", async () => {
  const { handle } = world();
  const handler = handle({ params, answer, allow: anyone, status: 201 }, () =>
    Promise.resolve({ said: "hello", secret: "token" }),
  );
  const response = await post(handler);
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ said: "hello" });
  expect(response.headers.get("cache-control")).toBe("no-store, private");
  expect(response.headers.get("x-request-id")).toMatch(/^r_[\da-z]{20}$/);
});

test("[H1] an address without parameters is served, whether it comes with an empty object or with nothing", async () => {
  const { handle } = world();
  const handler = handle({ answer, allow: anyone }, () => Promise.resolve({ said: "hello" }));
  const ask = (given: Record<string, string> | undefined) =>
    handler(new Request(`${SITE}/api/rooms`), { params: Promise.resolve(given) });
  expect((await ask({})).status).toBe(200);
  expect((await ask(undefined)).status).toBe(200);
});

describe("[H5] an error becomes an answer without internals", () => {
  test.each<[string, unknown, number, string, string | null]>([
    ["one of our own errors", new AppError("room_locked"), 403, "room_locked", null],
    ["Redis away", new AppError("unavailable", { retryAfterSeconds: 2 }), 503, "unavailable", "2"],
    ["no media server", new AppError("media_unavailable"), 503, "media_unavailable", "2"],
    ["a time limit", new DOMException("after 1100 ms", "TimeoutError"), 503, "unavailable", "2"],
    ["a bug", new TypeError("cannot read secret-token"), 500, "internal", null],
    ["something that is not an Error", "secret-token", 500, "internal", null],
  ])("%s", async (_, thrown, status, code, retryAfter) => {
    const { handle, reported } = world();
    const handler = handle({ params, answer, allow: anyone }, () => Promise.reject(thrown as Error));
    const response = await post(handler);
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(retryAfter);
    expect(response.headers.get("cache-control")).toBe("no-store, private");
    const text = await response.text();
    expect(text).toContain(`"code":"${code}"`);
    expect(text + JSON.stringify(reported)).not.toContain("secret-token");
    expect(reported).toHaveLength(status >= 500 ? 1 : 0);
  });

  test("an answer that does not match its schema is our fault", async () => {
    const { handle, reported } = world();
    const handler = handle({ params, answer, allow: anyone }, () => Promise.resolve({ said: 5 as unknown as string }));
    expect((await post(handler)).status).toBe(500);
    expect(reported).toHaveLength(1);
  });

  test("the log names the route and not the room", async () => {
    const { handle, reported } = world();
    await post(handle({ params, answer, allow: anyone }, () => Promise.reject(new Error("x"))));
    expect(reported[0]?.text).toContain("/api/rooms/[code]/things");
    expect(JSON.stringify(reported)).not.toContain(CODE);
  });

  test("facts for the caller are included", async () => {
    const facts = { asksLeft: 2, mayAskAgainAtMs: 5 };
    const response = await post(echo(world(), () => Promise.reject(new AppError("entry_denied", facts))));
    expect(await errorOf(response)).toMatchObject({ code: "entry_denied", facts });
  });
});

test("[H5] a body that breaks off halfway is the sender's problem and is not logged", async () => {
  const edge = world();
  const body = new ReadableStream({ start: (controller) => controller.error(new Error("aborted")) });
  const response = await post(echo(edge), { body });
  expect(response.status).toBe(400);
  expect(edge.reported).toEqual([]);
});
