import { afterEach, expect, test, vi } from "vitest";
import { describeError, log } from "./log.ts";

afterEach(() => vi.restoreAllMocks());

/** The log output for these facts. */
function written(facts: Parameters<typeof log>[2], level: Parameters<typeof log>[0] = "info"): string {
  const streams = [vi.spyOn(console, "info"), vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  for (const stream of streams) stream.mockImplementation(() => undefined);
  log(level, "something.happened", facts);
  return streams.flatMap(({ mock }) => mock.calls.flat()).join("\n");
}

const JWT = `${btoa('{"alg":"HS256"}').replace(/=+$/, "")}.${btoa('{"sub":"p_1","video":{}}').replace(/=+$/, "")}.c2lnbmF0dXJl`;

test("[H15] a log line is one line of JSON with time, level and event", () => {
  const line = written({ room: "x", text: "two\nlines" }, "warn");
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({ level: "warn", event: "something.happened", room: "x" });
});

test.each([
  "token",
  "accessToken",
  "access_token",
  "clientSecret",
  "cookie",
  "Set-Cookie",
  "authorization",
  "password",
  "ticketPass",
])("[H15] a field called %s is not logged", (name) => {
  expect(written({ [name]: "hunter2" })).not.toContain("hunter2");
});

test.each([
  ["on its own", JWT],
  ["in an address", `wss://host/rtc?access_token=${JWT}&x=1`],
  ["in a sentence", `invalid token: ${JWT}, error: expired`],
  ["twice", `${JWT} ${JWT}`],
])("[H15] a token is not logged, whatever field contains it: %s", (_, text) => {
  expect(written({ url: text })).not.toMatch(/eyJ[\w-]{8,}/);
});

// Known gap: an encrypted token has an empty second part. `fails` turns red once log.ts recognises that form.
test("[H15] an encrypted session is not logged", () => {
  const session = `${btoa('{"alg":"dir","enc":"A256GCM"}').replace(/=+$/, "")}..iv1234.text.tag`;
  expect(written({ url: session })).not.toMatch(/eyJ[\w-]{8,}/);
});

test("[H15] an error is logged by name and text", () => {
  expect(describeError(new TypeError("no"))).toBe("TypeError: no");
  expect(describeError("no")).toBe("something that is no Error was thrown");
});
