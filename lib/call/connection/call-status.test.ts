import { expect, test } from "vitest";
import { ERRORS, isErrorCode } from "#lib/errors.ts";
import { type StatusEvent, nextStatus, responseTo } from "./call-status.ts";
import type { CallStatus } from "../meeting.ts";

const up: StatusEvent = { type: "up" };
const trouble: StatusEvent = { type: "trouble", atMs: 9 };
const removed: StatusEvent = { type: "closed", reason: "removed", code: "removed" };
const joining: CallStatus = { status: "joining" };

test.each<[string, StatusEvent[], CallStatus]>([
  ["connected", [up], { status: "live" }],
  ["trouble before the first connection is still joining", [trouble], joining],
  ["trouble", [up, trouble], { status: "reconnecting", sinceMs: 9 }],
  [
    "further trouble counts from the first",
    [up, trouble, { type: "trouble", atMs: 20 }],
    { status: "reconnecting", sinceMs: 9 },
  ],
  ["connected again", [up, trouble, up], { status: "live" }],
  ["put out", [up, removed], { status: "closed", reason: "removed", code: "removed" }],
  [
    "closed is final",
    [removed, up, trouble, { type: "closed", reason: "left" }],
    { status: "closed", reason: "removed", code: "removed" },
  ],
])("[N30] the status of the call: %s", (_, events, expected) => {
  expect(events.reduce(nextStatus, joining)).toEqual(expected);
});

test("[N30] an unchanged status keeps its identity", () => {
  const live = nextStatus(joining, up);
  expect(nextStatus(live, up)).toBe(live);
});

test("[N32] each error ends the call with a reason, requires entering again, or is retried", () => {
  const table = Object.keys(ERRORS)
    .filter(isErrorCode)
    .map((code) => {
      const outcome = responseTo(code);
      return `${code}: ${outcome.do}${outcome.do === "close" ? ` ${outcome.reason}` : ""}`;
    });
  expect(table).toMatchInlineSnapshot(`
    [
      "bad_request: close lost",
      "not_signed_in: close lost",
      "not_allowed: close lost",
      "cross_site: retry",
      "cookies_blocked: retry",
      "entry_denied: close removed",
      "banned: close banned",
      "removed: close removed",
      "room_locked: close lost",
      "source_locked: retry",
      "host_blocked: close ended",
      "not_found: retry",
      "room_unknown: close ended",
      "ticket_unknown: retry",
      "person_unknown: retry",
      "method_not_allowed: retry",
      "not_inside: re-enter",
      "moved: close moved",
      "leg_gone: retry",
      "ticket_decided: retry",
      "room_full: close lost",
      "lobby_full: close lost",
      "rooms_limit: retry",
      "meetings_limit: close ended",
      "last_site: retry",
      "changed_meanwhile: retry",
      "room_ended: close ended",
      "room_expired: close ended",
      "ticket_lapsed: retry",
      "body_too_large: retry",
      "not_json: retry",
      "not_form: retry",
      "headers_too_large: retry",
      "rate_limited: retry",
      "internal: retry",
      "media_unavailable: retry",
      "unavailable: retry",
    ]
  `);
});
