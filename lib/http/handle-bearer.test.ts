import { describe, expect, test } from "vitest";
import { ACCOUNT, SITE, answer, errorOf, params, post, sessionHeaders, world } from "../../tests/support/handling.ts";
import { handleBearerAt } from "./handle-bearer.ts";
import { type RouteHandler, anyone, handleAt } from "./handle.ts";

const TOKEN = "vt_0123456789";
const OURS = { kind: "service", serviceId: "recorder" } as const;

/** A route for services that answers with who is asking. */
function aRoute(limit?: "room.lookUp") {
  const { edge, counted } = world();
  const asked: string[] = [];
  const bearer = (token: string) => Promise.resolve(asked.push(token) && token === TOKEN ? OURS : undefined);
  const spec = { params, answer, bearer, allow: anyone, ...(limit && { limit }) };
  const route = handleBearerAt(edge)(spec, ({ actor }) => Promise.resolve({ said: JSON.stringify(actor) }));
  return { route, counted, asked };
}

/** As a program sends it: no Origin. */
function call(route: RouteHandler, headers: Record<string, string>): Promise<Response> {
  const request = new Request(`${SITE}/api/rooms/abc-defg-hij/things`, { method: "POST", headers });
  return route(request, { params: Promise.resolve({ code: "abc-defg-hij" }) });
}

describe("[H61] a route for services", () => {
  test("knows its caller by the token, counts the request for it, and ignores cookies", async () => {
    const { route, counted } = aRoute("room.lookUp");
    const headers = { authorization: `Bearer ${TOKEN}`, ...(await sessionHeaders()) };
    const response = await call(route, headers);
    expect(JSON.parse(answer.parse(await response.json()).said)).toEqual(OURS);
    expect(counted).toEqual(["room.lookUp"]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["no token", {}, "not_signed_in"],
    ["an unknown token", { authorization: "Bearer vt_other" }, "not_signed_in"],
    ["another scheme", { authorization: `Basic ${TOKEN}` }, "not_signed_in"],
    ["two tokens", { authorization: `Bearer ${TOKEN}, Bearer ${TOKEN}` }, "not_signed_in"],
    ["an Origin, even our own", { authorization: `Bearer ${TOKEN}`, origin: SITE }, "cross_site"],
    ["a browser's fetch", { authorization: `Bearer ${TOKEN}`, "sec-fetch-site": "none" }, "cross_site"],
  ])("refuses %s", async (_, headers, code) => {
    const { route } = aRoute();
    expect((await errorOf(await call(route, headers))).code).toBe(code);
  });

  test("refuses a signed-in user without a token, before any token is looked up", async () => {
    const { route, asked } = aRoute();
    expect((await errorOf(await call(route, await sessionHeaders()))).code).toBe("not_signed_in");
    expect(asked).toEqual([]);
  });
});

test("[H61] a route for browsers takes no bearer token: without our Origin it is refused, with it the cookie counts", async () => {
  const { edge } = world();
  const route = handleAt(edge)({ params, answer, allow: anyone }, ({ actor }) =>
    Promise.resolve({ said: JSON.stringify(actor) }),
  );
  const authorization = `Bearer ${TOKEN}`;
  expect((await errorOf(await call(route, { authorization }))).code).toBe("cross_site");
  const response = await post(route, { headers: { authorization, ...(await sessionHeaders()) } });
  expect(JSON.parse(answer.parse(await response.json()).said)).toEqual({ kind: "account", ...ACCOUNT });
});
