import { describe, expect, it } from "vitest";
import { ERRORS, type ErrorCode } from "#lib/errors.ts";
import { textsIn } from "../../tests/support/texts.ts";
import { isFault, refusalOf, refusalText } from "./refusals.ts";

const t = textsIn("en");

const codes = Object.keys(ERRORS) as ErrorCode[];
/** Each of these has a page of its own. */
const OWN_PAGE: ErrorCode[] = [
  "room_unknown",
  "room_expired",
  "room_ended",
  "room_locked",
  "room_full",
  "lobby_full",
  "banned",
  "removed",
  "moved",
  "entry_denied",
  "rate_limited",
  "unavailable",
  "cookies_blocked",
];

describe("refusals", () => {
  it.each(codes)("[S11] %s says what happened, what it means and what to do", (code) => {
    const refusal = refusalOf(code);
    const { heading, meaning } = refusalText(t, refusal);
    expect(heading.length).toBeGreaterThan(5);
    expect(meaning).toMatch(/\.$/);
    expect(refusal.actions.length).toBeGreaterThan(0);
  });

  it("[S11] shows a code for support only where something is broken", () => {
    expect(OWN_PAGE.filter(isFault)).toEqual(["unavailable"]);
    expect(isFault("internal")).toBe(true);
  });

  it("[S11] no two reasons share a page", () => {
    const headings = OWN_PAGE.map((code) => refusalText(t, refusalOf(code)).heading);
    expect(new Set(headings).size).toBe(OWN_PAGE.length);
  });

  it("[S9] says in how many seconds a rate-limited user can try again", () => {
    const refusal = refusalOf("rate_limited", { retryAfterSeconds: 42 });
    expect(refusal.retrySeconds).toBe(42);
    expect(refusalText(t, refusal).meaning).toContain("42 seconds");
  });

  it("[S22] a browser that keeps no cookies reads what they are for, and that no one was asked", () => {
    const refusal = refusalOf("cookies_blocked");
    expect(refusalText(t, refusal).meaning).toMatch(/recognise you.*no one was asked.*Allow cookies/);
    expect(refusal.actions).toEqual(["again", "home"]);
  });

  it("[S12] retries automatically only what can pass without the user", () => {
    expect(codes.filter((code) => refusalOf(code).retrySeconds !== undefined).toSorted()).toEqual([
      "media_unavailable",
      "rate_limited",
      "unavailable",
    ]);
  });
});
