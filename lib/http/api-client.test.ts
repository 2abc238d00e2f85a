import { describe, expect, test } from "vitest";
import { readAnswer, toAppError } from "./api-client.ts";

const answer = (status: number, body: string) => Promise.resolve(new Response(body, { status }));

describe("[N151] the browser reads an answer without a schema", () => {
  test("an object is what the server validated", async () => {
    expect(await readAnswer(answer(200, `{"rooms":[],"nowMs":1}`))).toEqual({ rooms: [], nowMs: 1 });
  });

  test.each([
    ["a network's sign-in page", 200, "<html>"],
    ["a list", 200, "[]"],
    ["nothing", 200, ""],
    ["null", 200, "null"],
    ["a proxy's error page", 502, "<html>"],
    ["an error of another service", 500, `{"error":"x"}`],
    ["an error of a newer server", 409, `{"error":{"code":"not_known_yet","message":""}}`],
  ])("%s counts as no answer", async (_, status, body) => {
    await expect(readAnswer(answer(status, body))).rejects.toMatchObject({ code: "unavailable", facts: {} });
  });

  test("no connection counts as no answer", async () => {
    await expect(readAnswer(Promise.reject(new TypeError("Failed to fetch")))).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});

test.each([
  [{}, {}],
  [
    { retryAfterSeconds: 3, isForNetwork: true },
    { retryAfterSeconds: 3, isForNetwork: true },
  ],
  [{ retryAfterSeconds: "3", status: "denied", internal: 1 }, { status: "denied" }],
  [undefined, {}],
  ["x", {}],
])("[N151] of an error's facts the browser takes the known ones of the right type: %j", (facts, expected) => {
  const error = toAppError({ error: { code: "rate_limited", message: "", facts } });
  expect([error.code, error.facts]).toEqual(["rate_limited", expected]);
});
