import { expect, test } from "vitest";
import { warmUpRequests } from "./warm-up.ts";

test.each([
  ["app/page.tsx", "GET", "?warming-up"],
  ["app/meet/[code]/page.tsx", "GET", "/meet/warming-up?warming-up"],
  ["app/api/rooms/[code]/lobby/[ticketId]/route.ts", "OPTIONS", "/api/rooms/warming-up/lobby/warming-up?warming-up"],
  ["app/api/auth/[...nextauth]/route.ts", "OPTIONS", "/api/auth/warming-up?warming-up"],
])("%s is compiled by %s %s", (file, method, path) => {
  expect(warmUpRequests([file])).toEqual([{ method, path }]);
});

test("pages come first, because a developer opens them first", () => {
  const files = ["app/api/rooms/route.ts", "app/page.tsx"];
  expect(warmUpRequests(files).map(({ method }) => method)).toEqual(["GET", "OPTIONS"]);
});
