import { afterEach, expect, test, vi } from "vitest";
import { log } from "#lib/log.ts";
import { answer } from "./answer.ts";

afterEach(() => vi.restoreAllMocks());

const GIVEN = "r_0123456789abcdefghij";
const asked = (id?: string) => ({
  request: new Request("http://localhost:3000/api/x", { headers: id === undefined ? {} : { "x-request-id": id } }),
  route: "/api/x",
});

function lines(): Record<string, unknown>[] {
  const written: Record<string, unknown>[] = [];
  for (const stream of ["info", "warn", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation((line: string) => void written.push(JSON.parse(line)));
  }
  return written;
}

test("[O1] the id that the browser sent is in the answer and in every log line, however deep and late", async () => {
  const written = lines();
  const response = await answer(asked(GIVEN), async (headers) => {
    log("info", "first");
    await Promise.all([1, 2].map(async () => log("warn", "deeper")));
    return Response.json({}, { headers });
  });
  expect(response.headers.get("x-request-id")).toBe(GIVEN);
  expect(written.map(({ event, requestId }) => [event, requestId])).toEqual([
    ["first", GIVEN],
    ["deeper", GIVEN],
    ["deeper", GIVEN],
  ]);
});

test("[O1] concurrent requests keep their log lines apart, and a line outside of any request has no id", async () => {
  const written = lines();
  const ids = [GIVEN, GIVEN.replace("0", "9")];
  const run = async (headers: Headers) => {
    await new Promise(setImmediate);
    log("info", "line", { of: headers.get("x-request-id") });
    return new Response();
  };
  await Promise.all(ids.map((id) => answer(asked(id), run)));
  log("info", "line");
  expect(written.slice(0, 2).every(({ of, requestId }) => of === requestId)).toBe(true);
  expect(written.slice(0, 2).map(({ requestId }) => requestId)).toEqual(ids);
  expect(written[2]).not.toHaveProperty("requestId");
});

test("[O1] an error is answered and logged under the same id", async () => {
  const written = lines();
  const response = await answer(asked(GIVEN), () => Promise.reject(new Error("broken")));
  expect([response.status, response.headers.get("x-request-id")]).toEqual([500, GIVEN]);
  expect(written).toMatchObject([{ event: "request.internal", route: "/api/x", requestId: GIVEN }]);
});

test.each([undefined, "", "x", `${GIVEN}1`, `${GIVEN}, ${GIVEN}`, GIVEN.toUpperCase()])(
  "[O1] %j is not a valid id: the request gets a new one",
  async (id) => {
    const response = await answer(asked(id), async (headers) => new Response(null, { headers }));
    const given = response.headers.get("x-request-id");
    expect(given).toMatch(/^r_[0-9a-z]{20}$/);
    expect(given).not.toBe(GIVEN);
  },
);
