import { expect, test } from "vitest";
import { isRouterState } from "#lib/http/router-state.ts";
import { repairPath } from "#lib/http/screen-request.ts";
import { AT_THE_EDGE, IN_THE_FUNCTION } from "./edge.ts";

/** Sends headers through the CloudFront function, its signing and the Lambda. @returns the headers that the app receives. */
function travel(sent: Record<string, string>): Record<string, string> {
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, { value }]));
  const event = { viewer: { ip: "203.0.113.7" }, request: { headers, uri: "/" } };
  // oxlint-disable-next-line typescript/no-implied-eval -- SST evaluates these texts the same way
  new Function("event", AT_THE_EDGE)(event);
  const signed = Object.fromEntries(Object.entries(event.request.headers).map(([name, { value }]) => [name, value]));
  const invocation = { headers: { ...signed, authorization: "AWS4-HMAC-SHA256 Credential=…" } };
  // oxlint-disable-next-line typescript/no-implied-eval -- see above
  new Function("event", IN_THE_FUNCTION)(invocation);
  return invocation.headers;
}

test("[D17] a webhook's Authorization reaches the app unchanged, although CloudFront replaces it", () => {
  expect(travel({ authorization: "token" })).toEqual({
    authorization: "token",
    "x-veet-viewer-address": "203.0.113.7",
  });
});

test("[D17] without a proof the app receives none, neither CloudFront's nor one set by a browser", () => {
  expect(travel({ "x-veet-authorization": "forged" })).toEqual({ "x-veet-viewer-address": "203.0.113.7" });
});

test("[D17] a browser cannot forge its address", () => {
  expect(travel({ "x-veet-viewer-address": "192.0.2.1" })["x-veet-viewer-address"]).toBe("203.0.113.7");
});

test.each([
  "/",
  "/meet/abc-defg-hij",
  "/meet/%61",
  "/meet/%ff",
  "/%zz/%e2%82/x%20y",
  "/api/rooms/%/entry",
  "/a%25b/%",
  "//%c0%af",
])("[H36] CloudFront rewrites %s as the server does", (uri) => {
  const event = { viewer: { ip: "203.0.113.7" }, request: { headers: {}, uri } };
  // oxlint-disable-next-line typescript/no-implied-eval -- see above
  new Function("event", AT_THE_EDGE)(event);
  expect(event.request.uri).toBe(repairPath(uri));
  expect(() => decodeURIComponent(event.request.uri)).not.toThrow();
});

test.each([
  '["",{}]',
  '["",{"children":["meet",{"children":[["code","abc-defg-hij","d",null],{"children":["__PAGE__",{}]}]}]},null,"refetch"]',
  '["",{"children":[["photo","1","di(..)(..)",["x"]],{}]},["/",""],null,4,"x"]',
  "",
  "%ff",
  "x",
  "[]",
  "null",
  "[1,{}]",
  '["",null]',
  '["",{"children":1}]',
  '["",{"children":[["a","b","x",null],{}]}]',
  '["",{},1]',
  '["",{},null,"x"]',
  '["",{},null,null,"x"]',
  '["",{},null,null,1,2]',
  '["",{},null,null,1,"x",1]',
  `["${"x".repeat(40_000)}",{}]`,
])("[H36] the function drops an unreadable router state as the server does: %j", (text) => {
  const header = text.startsWith("%") ? text : encodeURIComponent(text);
  expect("next-router-state-tree" in travel({ "next-router-state-tree": header })).toBe(isRouterState(header));
});
