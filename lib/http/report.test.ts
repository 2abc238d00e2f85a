import { expect, test } from "vitest";
import { DEVICE_HEADER } from "./device-header.ts";
import { checkHealth } from "./health.ts";
import { routeOf } from "./report.ts";
import { DEVICE_HEADER as HEADER_OF_SEATS } from "#lib/seats/seat-schema.ts";

test.each([
  ["/api/rooms/abc-defg-hij/entry", { code: "abc-defg-hij" }, "/api/rooms/[code]/entry"],
  ["/api/rooms/a%20b/lobby/t_1", { code: "a b", ticketId: "t_1" }, "/api/rooms/[code]/lobby/[ticketId]"],
  ["/api/rooms/%E0%A4%A/x", { code: "y" }, "/api/rooms/%E0%A4%A/x"],
  ["/api/auth/callback/oidc?code=secret", { nextauth: ["callback", "oidc"] }, "/api/auth/[nextauth]/[nextauth]"],
])("[H5] %s is logged without what opens a meeting", (path, params, route) => {
  expect(routeOf(`http://localhost:3000${path}`, params)).toBe(route);
});

test("[H4] both ends mean the same device header", () => {
  expect(HEADER_OF_SEATS).toBe(DEVICE_HEADER);
});

test.each([
  [() => Promise.resolve("PONG"), 200, "reachable"],
  [() => Promise.reject(new Error("ECONNREFUSED 10.0.0.5")), 503, "unreachable"],
])("[H13] health tells what an operator needs and nothing internal", async (ping, status, redis) => {
  const response = await checkHealth(ping);
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ redis, sites: [{ site: "local-a", region: "local" }] });
  expect(text).not.toMatch(/apiSecret|unit-tests|10\.0\.0\.5|7880/);
});
