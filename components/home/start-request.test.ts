import { expect, it } from "vitest";
import { readStartRequest } from "./start-request.ts";

it.each([
  ["pressed", true, "start"],
  ["pressed", false, "focus"],
  ["now", true, "focus"],
  ["now", false, "focus"],
  ["later", true, "later"],
  ["later", false, "later"],
  ["tomorrow", true, undefined],
  [["pressed", "pressed"], true, undefined],
  [undefined, true, undefined],
])("[S20] ?start=%j, from a page of ours: %s, wishes %s", (start, isFromOwnPage, request) => {
  expect(readStartRequest(start, isFromOwnPage)).toBe(request);
});
