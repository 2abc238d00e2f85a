import { expect, test } from "vitest";
import { canonicalMeetingPath } from "./meeting-address.ts";

test.each([
  "/meet/ABC-DEFG-HIJ",
  "/meet/abcdefghij",
  "/meet/abc-defg-hij.",
  "/meet/abc-defg-hij,",
  "/meet/abc-defg-hij)",
  "/meet/abc-defg-hij%3E",
  "/meet/abc-defg-hij%22",
  "/meet/%22abc-defg-hij%22",
  "/meet/%E2%80%9Cabc-defg-hij%E2%80%9D",
  "/meet/abc-defg-hij%20",
  "/meet/%20abc-defg-hij",
  "/meet/abc%E2%80%93defg%E2%80%93hij",
  "/meet/abc%E2%80%91defg%E2%80%91hij",
  "/meet/abc%E2%80%8B-defg-hij",
  "/meet/abc-defg-hij%20see%20you%20at%203",
  "/meet/abc-defg-hij/",
  "/meet/abc-defg-hij/)",
  "/MEET/ABC-DEFG-HIJ",
  "/Meet/abc-defg-hij",
  "//meet/abc-defg-hij",
])("[S36] %s is redirected to the canonical form", (path) => {
  expect(canonicalMeetingPath(path)).toBe("/meet/abc-defg-hij");
});

test.each([
  "/meet/abc-defg-hij",
  "/meet/abc-defg-hi",
  "/meet/",
  "/meet",
  "/",
  "/status",
  "/x/meet/ABC-DEFG-HIJ",
  "/meet/%25ff",
])("[S36] %s is not redirected", (path) => {
  expect(canonicalMeetingPath(path)).toBeUndefined();
});
