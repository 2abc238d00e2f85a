import { expect, test } from "vitest";
import { DEVICE_HEADER } from "./device-header.ts";
import { checkHealth } from "./health.ts";
import { routeOf } from "./report.ts";
import { DEVICE_HEADER as HEADER_OF_SEATS } from "#lib/seats/room-client.ts";

test.each([
  ["/api/rooms/abc-defg-hij/entry", { code: "abc-defg-hij" }, "/api/rooms/[code]/entry"],
  ["/api/rooms/a%20b/lobby/t_1", { code: "a b", ticketId: "t_1" }, "/api/rooms/[code]/lobby/[ticketId]"],
  ["/api/rooms/%E0%A4%A/x", { code: "y" }, "/api/rooms/%E0%A4%A/x"],
  ["/api/auth/callback/oidc?code=secret", { nextauth: ["callback", "oidc"] }, "/api/auth/[nextauth]/[nextauth]"],
])("[H5] %s is logged without what opens a meeting", (path, params, route) => {
  expect(routeOf(`http://localhost:3000${path}`, params)).toBe(route);
});

test("[H4] browser and server use the same device header", () => {
  expect(HEADER_OF_SEATS).toBe(DEVICE_HEADER);
});

test.each([
  [() => Promise.resolve("PONG"), 200, { status: "ok", redis: "reachable" }],
  [() => Promise.reject(new Error("ECONNREFUSED 10.0.0.5")), 503, { status: "unavailable", redis: "unreachable" }],
])("[H13] health reports whether the server can answer, and nothing internal", async (ping, status, content) => {
  const response = await checkHealth(new Headers(), ping);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(content);
});
